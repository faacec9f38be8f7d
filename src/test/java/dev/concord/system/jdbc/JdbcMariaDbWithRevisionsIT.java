package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcMariaDbWithRevisionsIT extends JdbcContract {
    JdbcMariaDbWithRevisionsIT() {
        super(Databases.MARIADB, true);
    }
}
