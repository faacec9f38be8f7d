package dev.concord.acceptance;

import dev.concord.testing.Databases;

class RetentionMySqlIT extends RetentionContract {

    RetentionMySqlIT() {
        super(Databases.MYSQL);
    }
}
