package dev.concord.system.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Updates rows that change the same columns. The rows are locked and known to be there. */
final class Updates {

    /** Each row is compared with half of the others of its statement. */
    private static final int MOST_ROWS = 64;

    private static final int MOST_CHARACTERS = 2_000_000;

    private final Table table;

    Updates(Table table) {
        this.table = table;
    }

    void execute(Connection connection, List<Change.Update> updates) throws SQLException {
        List<Column> columns = new ArrayList<>(updates.getFirst().values().keySet());
        if (table.countsRevisions() && table.revision() != null) {
            columns.add(table.revision());
        }
        // The order in which one statement changes rows is the database's own, and unique values must keep theirs.
        boolean together = table.dialect().updatesManyRows() && columns.stream().noneMatch(table::isUnique);
        int from = 0;
        while (together && updates.size() - from > 1) {
            int rows = rows(updates.subList(from, updates.size()));
            if (rows == 1) {
                oneByOne(connection, columns, updates.subList(from, from + 1));
            } else {
                together(connection, columns, updates.subList(from, from + rows));
            }
            from += rows;
        }
        if (from < updates.size()) {
            oneByOne(connection, columns, updates.subList(from, updates.size()));
        }
    }

    private void oneByOne(Connection connection, List<Column> columns, List<Change.Update> updates)
            throws SQLException {
        String sets = columns.stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(", "));
        String sql = "update " + table.quoted() + " set " + sets + " where "
                + table.id().quoted() + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Change.Update update : updates) {
                List<Binder> binders = new ArrayList<>();
                columns.forEach(column -> binders.add(value(update, column)));
                binders.add(update.idValue());
                Statement.bind(statement, binders);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void together(Connection connection, List<Column> columns, List<Change.Update> updates)
            throws SQLException {
        String id = table.id().quoted();
        String cases = " = case " + id + " when ? then ?".repeat(updates.size()) + " end";
        String sets = columns.stream().map(column -> column.quoted() + cases).collect(Collectors.joining(", "));
        String sql = "update " + table.quoted() + " set " + sets + " where " + id + " in ("
                + String.join(", ", Collections.nCopies(updates.size(), "?")) + ")";
        List<Binder> binders = new ArrayList<>();
        for (Column column : columns) {
            for (Change.Update update : updates) {
                binders.add(update.idValue());
                binders.add(value(update, column));
            }
        }
        updates.forEach(update -> binders.add(update.idValue()));
        Statement.update(connection, sql, binders);
    }

    /** A power of two, so that there are few statements of different length. */
    private static int rows(List<Change.Update> updates) {
        int most = Math.min(MOST_ROWS, updates.size());
        int fitting = 0;
        long characters = 0;
        while (fitting < most) {
            characters += ColumnValue.characters(updates.get(fitting).values().values());
            if (characters > MOST_CHARACTERS) {
                break;
            }
            fitting++;
        }
        return Integer.highestOneBit(Math.max(1, fitting));
    }

    private ColumnValue value(Change.Update update, Column column) {
        ColumnValue value = update.values().get(column);
        return value == null ? new ColumnValue(column, update.revision(), null) : value;
    }
}
