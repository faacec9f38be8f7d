package dev.concord.audit;

import dev.concord.testing.Databases;

class AuditTrailMySqlIT extends AuditTrailContract {

    AuditTrailMySqlIT() {
        super(Databases.MYSQL);
    }
}
