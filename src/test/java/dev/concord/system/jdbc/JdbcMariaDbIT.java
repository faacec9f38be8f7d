package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcMariaDbIT extends JdbcContract {
    JdbcMariaDbIT() {
        super(Databases.MARIADB, false);
    }
}
