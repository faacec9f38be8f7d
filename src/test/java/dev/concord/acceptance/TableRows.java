package dev.concord.acceptance;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * All target and link tables of a database, row by row, as it gives them.
 *
 * @param tables the rows of each, and the columns of each of these; names in small letters, values as text
 */
record TableRows(Map<String, List<Map<String, String>>> tables) {

    /** Concord's account of what it did; all other tables hold what it did it to. */
    private static final List<String> BOOKKEEPING = List.of(
            "batch_",
            "flyway_",
            "segment",
            "recon_run",
            "run_lease",
            "pending_file",
            "intent",
            "audit_",
            "guard_",
            "target_call",
            "waiting_retry");

    static TableRows of(JdbcTemplate jdbc) {
        return jdbc.execute((ConnectionCallback<TableRows>) connection -> {
            Map<String, List<Map<String, String>>> tables = new TreeMap<>();
            for (String table : tables(connection)) {
                tables.put(small(table), rows(connection, table));
            }
            return new TableRows(tables);
        });
    }

    /** The same rows with fewer columns. */
    TableRows without(Set<String> columns) {
        Map<String, List<Map<String, String>>> fewer = new TreeMap<>();
        tables.forEach((table, rows) -> fewer.put(
                table,
                rows.stream()
                        .map(row -> {
                            Map<String, String> rest = new LinkedHashMap<>(row);
                            rest.keySet().removeAll(columns);
                            return rest;
                        })
                        .toList()));
        return new TableRows(fewer);
    }

    /** Those rows that are not among the others. */
    TableRows notIn(TableRows others) {
        Map<String, List<Map<String, String>>> lacking = new TreeMap<>();
        tables.forEach((table, rows) -> {
            Set<Map<String, String>> there = new HashSet<>(others.tables.getOrDefault(table, List.of()));
            lacking.put(table, rows.stream().filter(row -> !there.contains(row)).toList());
        });
        return new TableRows(lacking);
    }

    /** The values of a column of a table. */
    Set<String> column(String table, String column) {
        Set<String> values = new TreeSet<>();
        tables.getOrDefault(table, List.of()).forEach(row -> values.add(row.get(column)));
        return values;
    }

    /** One line for each row, to be compared. */
    Contents contents() {
        Map<String, List<String>> lines = new TreeMap<>();
        tables.forEach((table, rows) -> lines.put(
                table,
                rows.stream()
                        .map(row -> String.join(" | ", row.values()))
                        .sorted()
                        .toList()));
        return new Contents(lines);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet found = database.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (BOOKKEEPING.stream().noneMatch(small(name)::startsWith)) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private static List<Map<String, String>> rows(Connection connection, String table) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        List<Map<String, String>> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from " + quote + table + quote)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int column = 1; column <= columns; column++) {
                    Object value = found.getObject(column);
                    row.put(
                            small(found.getMetaData().getColumnName(column)),
                            value instanceof byte[] bytes
                                    ? Arrays.toString(bytes)
                                    : String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
