package dev.concord.system.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where databases differ. */
public enum Dialect {
    H2,
    MYSQL,
    MARIADB,
    POSTGRESQL,
    /** A database nobody tried: standard SQL, and everything that is not sure is decided in Java. */
    OTHER;

    /** The dialect of a connection's database. */
    public static Dialect of(DatabaseMetaData metadata) throws SQLException {
        // MySQL's driver calls every server MySQL.
        String name = (metadata.getDatabaseProductName() + " " + metadata.getDatabaseProductVersion())
                .toLowerCase(Locale.ROOT);
        if (name.contains("mariadb")) {
            return MARIADB;
        }
        if (name.startsWith("mysql")) {
            return MYSQL;
        }
        if (name.startsWith("postgresql")) {
            return POSTGRESQL;
        }
        return name.startsWith("h2") ? H2 : OTHER;
    }

    public boolean isMySqlFamily() {
        return this == MYSQL || this == MARIADB;
    }

    /** The rows {@code skip + 1} to {@code skip + rows} of an ordered select. */
    String page(int rows, long skip) {
        if (this == OTHER) {
            return " offset " + skip + " rows fetch next " + rows + " rows only";
        }
        return " limit " + rows + (skip == 0 ? "" : " offset " + skip);
    }

    /**
     * How many values a list in a statement may hold. H2 goes through the whole list again for each row that it finds
     * by it, and asking it once more costs no way over a network.
     */
    int longestList() {
        return this == H2 ? 64 : Predicate.LONGEST_LIST;
    }

    /** Keeps others from changing the rows of a select until the transaction ends. */
    String lock() {
        return this == OTHER ? "" : " for update";
    }

    /**
     * The bytes of a text expression in UTF-8, which compare exactly and in the order of code points; null where that
     * is not known.
     */
    @Nullable
    String utf8(String text) {
        return switch (this) {
            case H2 -> "stringtoutf8(" + text + ")";
            case MYSQL, MARIADB -> "cast(convert(" + text + " using utf8mb4) as binary)";
            case POSTGRESQL -> "convert_to(" + text + "::text, 'UTF8')";
            case OTHER -> null;
        };
    }

    /**
     * Whether one update of many rows is faster than a batch of updates. MySQL's driver sends a batch statement by
     * statement.
     */
    boolean updatesManyRows() {
        return isMySqlFamily();
    }

    /** Whether one insert may hold many rows. */
    boolean insertsManyRows() {
        return this != OTHER;
    }
}
