package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class TableMySqlIT extends TableMySqlContract {
    TableMySqlIT() {
        super(Databases.MYSQL);
    }
}
