// Writes down which script ran and what it saw; "hook", "answer", "change" and "fail" stand beside the script in the mapping.
(function () {
  function show(value) {
    if (value === null || typeof value !== 'object') return String(value);
    return value._id ? value._id + '/' + value.name : '?/' + value.name;
  }
  var words = [hook];
  if (typeof object !== 'undefined') words.push('object=' + show(object));
  if (typeof source !== 'undefined' && hook !== 'result' && hook !== 'transform') words.push('source=' + show(source));
  if (hook === 'transform') words.push('source=' + String(source));
  if (typeof oldSource !== 'undefined') words.push('oldSource=' + show(oldSource));
  if (typeof target !== 'undefined' && hook !== 'result') words.push('target=' + show(target));
  if (typeof oldTarget !== 'undefined') words.push('oldTarget=' + show(oldTarget));
  if (typeof existingTarget !== 'undefined') words.push('existingTarget=' + show(existingTarget));
  if (typeof situation !== 'undefined') words.push('situation=' + situation);
  if (typeof sourceId !== 'undefined') words.push('sourceId=' + sourceId);
  if (typeof targetId !== 'undefined') words.push('targetId=' + targetId);
  if (typeof action !== 'undefined') words.push('action=' + action);
  if (typeof sourceAction !== 'undefined') words.push('sourceAction=' + sourceAction);
  if (typeof recon !== 'undefined') words.push('recon=' + recon.actionParam.situation + '/' + recon.actionParam.action);
  if (typeof actionParam !== 'undefined') words.push('actionParam=' + actionParam.situation + '/' + actionParam.action);
  if (typeof mappingConfig !== 'undefined') words.push('mappingConfig=' + mappingConfig.name);
  if (typeof error !== 'undefined') words.push('error=' + error.kind);
  if (typeof returnAll !== 'undefined') words.push('returnAll=' + returnAll);
  if (hook === 'result') {
    words.push('ABSENT=' + source.ABSENT.count + ' ' + source.ABSENT.ids.join());
    words.push('UNASSIGNED=' + target.UNASSIGNED.count + ' ' + target.UNASSIGNED.ids.join());
    words.push('mappingName=' + global.mappingName + ' reconState=' + reconState);
  }
  if (typeof linkQualifier !== 'undefined' && linkQualifier !== null) words.push(linkQualifier);
  openidm.create('system/trace/line', null, {text: words.join(' ')});
  if (typeof change !== 'undefined') target.note = (target.note || '') + change;
  if (typeof fail !== 'undefined') throw new Error('as asked');
  return typeof answer === 'undefined' ? null : answer;
})();
