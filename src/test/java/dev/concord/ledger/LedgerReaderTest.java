package dev.concord.ledger;

import dev.concord.testing.Databases;

class LedgerReaderTest extends LedgerReaderContract {

    LedgerReaderTest() {
        super(Databases.H2);
    }
}
