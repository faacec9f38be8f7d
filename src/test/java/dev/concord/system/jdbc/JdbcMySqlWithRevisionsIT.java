package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcMySqlWithRevisionsIT extends JdbcContract {
    JdbcMySqlWithRevisionsIT() {
        super(Databases.MYSQL, true);
    }
}
