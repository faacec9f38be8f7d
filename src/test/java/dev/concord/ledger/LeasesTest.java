package dev.concord.ledger;

import dev.concord.testing.Databases;

class LeasesTest extends LeasesContract {

    LeasesTest() {
        super(Databases.H2);
    }
}
