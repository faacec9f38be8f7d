package dev.concord.acceptance;

import dev.concord.testing.Databases;

class RetentionMariaDbIT extends RetentionContract {

    RetentionMariaDbIT() {
        super(Databases.MARIADB);
    }
}
