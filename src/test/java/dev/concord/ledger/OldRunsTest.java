package dev.concord.ledger;

import dev.concord.testing.Databases;

class OldRunsTest extends OldRunsContract {

    OldRunsTest() {
        super(Databases.H2);
    }
}
