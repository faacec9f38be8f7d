package dev.concord.system.jdbc;

import dev.concord.system.jdbc.Column.Comparison;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the database compares the texts of each column of a table: its collations, as far as they matter. */
final class TextComparisons {

    /** MySQL's character set that holds every text. */
    private static final String EVERY_TEXT = "utf8mb4";

    private static final List<String> EXACT_COLLATIONS = List.of("utf8mb4_0900_bin", "utf8mb4_nopad_bin");

    private final Map<String, Comparison> byColumn = new HashMap<>();
    private final Map<String, String> collations = new HashMap<>();
    private final Comparison others;

    private TextComparisons(Comparison others) {
        this.others = others;
    }

    Comparison of(String column) {
        return byColumn.getOrDefault(column, others);
    }

    /** The collation of a column whose character set holds every text, on MySQL and MariaDB; else null. */
    @Nullable
    String collation(String column) {
        return collations.get(column);
    }

    static TextComparisons read(Connection connection, Dialect dialect, TableName table) throws SQLException {
        return switch (dialect) {
            case H2 -> new TextComparisons(hasCollation(connection) ? Comparison.LOOSE : Comparison.EXACT);
            case MYSQL, MARIADB -> ofMySql(connection, table);
            case POSTGRESQL -> ofPostgreSql(connection, table);
            case OTHER -> new TextComparisons(Comparison.LOOSE);
        };
    }

    private static boolean hasCollation(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select setting_value from information_schema.settings where setting_name = 'COLLATION'");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && !"OFF".equalsIgnoreCase(rows.getString(1));
        }
    }

    private static TextComparisons ofMySql(Connection connection, TableName table) throws SQLException {
        TextComparisons comparisons = new TextComparisons(Comparison.LOOSE_IN_SMALL_CHARSET);
        String sql = """
                select column_name, character_set_name, collation_name
                from information_schema.columns
                where table_schema = ? and table_name = ? and collation_name is not null""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.catalog());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String column = rows.getString(1);
                    comparisons.byColumn.put(column, mySql(rows.getString(2), rows.getString(3)));
                    if (EVERY_TEXT.equals(rows.getString(2))) {
                        comparisons.collations.put(column, rows.getString(3));
                    }
                }
            }
        }
        return comparisons;
    }

    private static Comparison mySql(@Nullable String charset, String collation) {
        if (!EVERY_TEXT.equals(charset)) {
            return Comparison.LOOSE_IN_SMALL_CHARSET;
        }
        return EXACT_COLLATIONS.contains(collation) ? Comparison.EXACT_IN_ORDER : Comparison.LOOSE;
    }

    private static TextComparisons ofPostgreSql(Connection connection, TableName table) throws SQLException {
        TextComparisons comparisons = new TextComparisons(Comparison.LOOSE);
        String sql = """
                select a.attname, c.collname, c.collisdeterministic
                from pg_catalog.pg_attribute a
                join pg_catalog.pg_class t on t.oid = a.attrelid
                join pg_catalog.pg_namespace n on n.oid = t.relnamespace
                join pg_catalog.pg_collation c on c.oid = a.attcollation
                where n.nspname = ? and t.relname = ? and a.attnum > 0""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    comparisons.byColumn.put(rows.getString(1), postgreSql(rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return comparisons;
    }

    private static Comparison postgreSql(String collation, boolean deterministic) {
        if (!deterministic) {
            return Comparison.LOOSE;
        }
        return collation.equals("C") ? Comparison.EXACT_IN_ORDER : Comparison.EXACT;
    }
}
