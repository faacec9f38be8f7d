// A mail address as it should be: without blanks around it and in lower case; nothing at all when nothing is left.
// Variable: source, the address as it was typed, or null.
(function () {
  if (source === null || source === undefined) {
    return null;
  }
  var mail = source.trim().toLowerCase();
  return mail === '' ? null : mail;
})();
