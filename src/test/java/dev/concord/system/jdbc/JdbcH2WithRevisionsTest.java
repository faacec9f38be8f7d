package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcH2WithRevisionsTest extends JdbcContract {
    JdbcH2WithRevisionsTest() {
        super(Databases.H2, true);
    }
}
