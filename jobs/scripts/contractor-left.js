// What becomes of the account of a contractor whose contract has ended. An account that was only found by its mail address may
// belong to somebody who has been hired in the meantime: HR decides about that one.
// Variable: target, the account, or null when it is gone already. Returns the name of an action.
(function () {
  if (target === null || target === undefined) {
    return 'UNLINK';
  }
  return target.userType === 'contractor' ? 'DELETE' : 'IGNORE';
})();
