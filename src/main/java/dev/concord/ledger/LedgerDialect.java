package dev.concord.ledger;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where the platform databases spell things differently. */
enum LedgerDialect {
    H2,
    MYSQL;

    static LedgerDialect of(JdbcTemplate jdbc) {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return "H2".equals(product) ? H2 : MYSQL;
    }

    /** H2 has no shared row lock. MariaDB knows only the older of MySQL's two spellings. */
    String sharedLock() {
        return switch (this) {
            case H2 -> "for update";
            case MYSQL -> "lock in share mode";
        };
    }

    /**
     * The time of the database in UTC, whatever the time zone of the connection is, with nothing that clocks do in
     * summer and winter.
     */
    String now() {
        return switch (this) {
            case H2 ->
                "timestampadd(microsecond, cast(extract(epoch from current_timestamp(6)) * 1000000 as bigint),"
                        + " timestamp '1970-01-01 00:00:00')";
            case MYSQL -> "utc_timestamp(6)";
        };
    }

    /** A time some microseconds (one parameter) from {@link #now}. */
    String fromNow() {
        return "timestampadd(microsecond, ?, " + now() + ")";
    }
}
