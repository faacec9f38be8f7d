package dev.concord.acceptance;

import dev.concord.testing.Databases;

class RetentionTest extends RetentionContract {

    RetentionTest() {
        super(Databases.H2);
    }
}
