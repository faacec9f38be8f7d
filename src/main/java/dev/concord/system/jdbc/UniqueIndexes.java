package dev.concord.system.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of each unique index and of the primary key of a table. Indexes over a part of the rows only do not
 * count.
 */
final class UniqueIndexes {

    /** What H2 calls a key that needs no index of its own. */
    private static final String PRIMARY_KEY = "PRIMARY KEY";

    private UniqueIndexes() {}

    static Map<String, List<String>> of(DatabaseMetaData metadata, Dialect dialect, TableName table)
            throws SQLException {
        Map<String, TreeMap<Integer, String>> columns = new LinkedHashMap<>();
        Set<String> partial = new HashSet<>();
        try (ResultSet rows = metadata.getIndexInfo(table.catalog(), table.schema(), table.table(), true, true)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                if (index == null || rows.getBoolean("NON_UNIQUE")) {
                    continue;
                }
                String column = unquoted(dialect, rows.getString("COLUMN_NAME"));
                columns.computeIfAbsent(index, name -> new TreeMap<>()).put(rows.getInt("ORDINAL_POSITION"), column);
                String condition = rows.getString("FILTER_CONDITION");
                if (condition != null && !condition.isBlank()) {
                    partial.add(index);
                }
            }
        }
        columns.keySet().removeAll(partial);
        try (ResultSet rows = metadata.getPrimaryKeys(table.catalog(), table.schema(), table.table())) {
            TreeMap<Integer, String> key = new TreeMap<>();
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
            if (!key.isEmpty()) {
                columns.putIfAbsent(PRIMARY_KEY, key);
            }
        }
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        columns.forEach((index, byPosition) -> indexes.put(index, List.copyOf(byPosition.values())));
        return indexes;
    }

    /** PostgreSQL quotes the names of columns in its answer about indexes where they need it. */
    private static String unquoted(Dialect dialect, @Nullable String column) {
        if (column == null) {
            return "";
        }
        boolean quoted = dialect == Dialect.POSTGRESQL
                && column.length() > 1
                && column.startsWith("\"")
                && column.endsWith("\"");
        return quoted ? column.substring(1, column.length() - 1).replace("\"\"", "\"") : column;
    }
}
