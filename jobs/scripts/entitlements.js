// What an employee may use, worked out from where they work and what they are called.
// Variable: source, the whole row of HR. Returns the names of the entitlements, or null for none.
(function () {
  var BY_DEPARTMENT = {
    'Customer Support': ['app:tickets', 'app:crm'],
    'Engineering': ['app:source-code', 'app:test-lab'],
    'Finance': ['app:ledger'],
    'IT Operations': ['app:tickets', 'app:consoles'],
    'Legal': ['app:contracts'],
    'People & Culture': ['app:personnel-files'],
    'Research, Design & Labs': ['app:test-lab', 'app:drawings'],
    'Sales': ['app:crm', 'app:contracts']
  };

  if (source.employmentStatus !== 'active') {
    return null; // entitlements rest while people are on leave
  }
  var entitlements = ['app:intranet'].concat(BY_DEPARTMENT[source.department] || []);
  if (/^(Chief|Head|Team Lead)/.test(source.title)) {
    entitlements.push('app:approvals');
  }
  var groups = source.groups || [];
  for (var i = 0; i < groups.length; i++) {
    if (groups[i] === 'vpn-remote') {
      entitlements.push('net:vpn');
    }
  }
  return entitlements;
})();
