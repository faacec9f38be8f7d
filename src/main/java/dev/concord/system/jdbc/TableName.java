package dev.concord.system.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The name of a table as the database itself spells it. */
record TableName(@Nullable String catalog, @Nullable String schema, String table, boolean qualified) {

    private static final Set<String> OBJECTS_WITH_ROWS = Set.of(
            "TABLE",
            "BASE TABLE",
            "VIEW",
            "MATERIALIZED VIEW",
            "PARTITIONED TABLE",
            "FOREIGN TABLE",
            "LOCAL TEMPORARY",
            "SYNONYM");

    /**
     * The table that is meant by a name, exactly or in another case where that is no question; null when there is none.
     */
    static @Nullable TableName find(Connection connection, String wanted) throws SQLException {
        TableName inPlace = find(tables(connection, connection.getSchema(), connection.getCatalog()), wanted, false);
        int dot = wanted.indexOf('.');
        if (inPlace != null || dot < 0) {
            return inPlace;
        }
        String space = wanted.substring(0, dot);
        boolean catalogs = Dialect.of(connection.getMetaData()).isMySqlFamily();
        List<TableName> tables = catalogs
                ? tables(connection, null, space)
                : tables(connection, null, connection.getCatalog()).stream()
                        .filter(table -> space.equalsIgnoreCase(table.schema()))
                        .toList();
        return find(tables, wanted.substring(dot + 1), true);
    }

    /** The names of the tables of the connection's own schema, at most fifty. */
    static List<String> all(Connection connection) throws SQLException {
        return tables(connection, connection.getSchema(), connection.getCatalog()).stream()
                .map(TableName::table)
                .limit(50)
                .toList();
    }

    String quoted(DatabaseMetaData metadata) throws SQLException {
        String name = quoted(metadata, table);
        String space = schema == null ? catalog : schema;
        return qualified && space != null ? quoted(metadata, space) + "." + name : name;
    }

    static String quoted(DatabaseMetaData metadata, String name) throws SQLException {
        String quote = metadata.getIdentifierQuoteString().strip();
        if (quote.isEmpty()) {
            throw new SQLException("The database cannot quote names.");
        }
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /** Takes a name literally where the driver expects a pattern. */
    static @Nullable String literal(DatabaseMetaData metadata, @Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = metadata.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private static @Nullable TableName find(List<TableName> tables, String wanted, boolean qualified) {
        List<TableName> found =
                tables.stream().filter(name -> name.table().equals(wanted)).toList();
        if (found.isEmpty()) {
            found = tables.stream()
                    .filter(name -> name.table().equalsIgnoreCase(wanted))
                    .toList();
        }
        if (found.size() != 1) {
            return null;
        }
        TableName name = found.getFirst();
        return new TableName(name.catalog(), name.schema(), name.table(), qualified);
    }

    private static List<TableName> tables(Connection connection, @Nullable String schema, @Nullable String catalog)
            throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        List<TableName> tables = new ArrayList<>();
        try (ResultSet rows = metadata.getTables(catalog, literal(metadata, schema), null, null)) {
            while (rows.next()) {
                String type = rows.getString("TABLE_TYPE");
                if (type != null && OBJECTS_WITH_ROWS.contains(type)) {
                    tables.add(new TableName(
                            rows.getString("TABLE_CAT"),
                            rows.getString("TABLE_SCHEM"),
                            rows.getString("TABLE_NAME"),
                            false));
                }
            }
        }
        return tables;
    }
}
