package dev.concord.audit;

import dev.concord.testing.Databases;

class AuditTrailMariaDbIT extends AuditTrailContract {

    AuditTrailMariaDbIT() {
        super(Databases.MARIADB);
    }
}
