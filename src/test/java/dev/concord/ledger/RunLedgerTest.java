package dev.concord.ledger;

import dev.concord.testing.Databases;

class RunLedgerTest extends RunLedgerContract {

    RunLedgerTest() {
        super(Databases.H2);
    }
}
