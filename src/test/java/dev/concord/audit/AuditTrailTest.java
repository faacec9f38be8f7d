package dev.concord.audit;

import dev.concord.testing.Databases;

class AuditTrailTest extends AuditTrailContract {

    AuditTrailTest() {
        super(Databases.H2);
    }
}
