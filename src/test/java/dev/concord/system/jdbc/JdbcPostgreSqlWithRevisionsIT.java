package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcPostgreSqlWithRevisionsIT extends JdbcContract {
    JdbcPostgreSqlWithRevisionsIT() {
        super(Databases.POSTGRESQL, true);
    }
}
