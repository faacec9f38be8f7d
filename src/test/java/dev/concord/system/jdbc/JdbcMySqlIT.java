package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcMySqlIT extends JdbcContract {
    JdbcMySqlIT() {
        super(Databases.MYSQL, false);
    }
}
