package dev.concord.system.jdbc;

import dev.concord.testing.Databases;

class JdbcH2Test extends JdbcContract {
    JdbcH2Test() {
        super(Databases.H2, false);
    }
}
