package dev.concord.acceptance;

import dev.concord.testing.Databases;

class UndoneTablesMariaDbIT extends UndoneTablesContract {

    UndoneTablesMariaDbIT() {
        super(Databases.MARIADB);
    }
}
