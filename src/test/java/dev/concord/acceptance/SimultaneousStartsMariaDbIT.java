package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SimultaneousStartsMariaDbIT extends SimultaneousStartsContract {

    SimultaneousStartsMariaDbIT() {
        super(Databases.MARIADB);
    }
}
