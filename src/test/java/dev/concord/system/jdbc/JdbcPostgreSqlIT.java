package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcPostgreSqlIT extends JdbcContract {
    JdbcPostgreSqlIT() {
        super(Databases.POSTGRESQL, false);
    }
}
