package dev.concord.ledger;

import dev.concord.testing.Databases;

class RunsTest extends RunsContract {

    RunsTest() {
        super(Databases.H2);
    }
}
