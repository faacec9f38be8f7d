package dev.concord.ledger;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where the platform databases spell things differently. */
enum LedgerDialect {
    H2,
    MYSQL;

    static LedgerDialect of(JdbcTemplate jdbc) {
        String product = jdbc.execute(
                (ConnectionCallback<String>) connection -> connection.getMetaData().getDatabaseProductName());
        return "H2".equals(product) ? H2 : MYSQL;
    }

    /** H2 has no shared row lock. MariaDB knows only the older of MySQL's two spellings. */
    String sharedLock() {
        return switch (this) {
            case H2 -> "for update";
            case MYSQL -> "lock in share mode";
        };
    }

    /** A time some seconds (one parameter) from now. */
    String fromNow() {
        return "timestampadd(second, ?, localtimestamp(6))";
    }
}
