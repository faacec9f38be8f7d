package dev.concord.system.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Updates rows that change the same columns. The rows are locked and known to be there. */
final class Updates {

    private final Table table;

    Updates(Table table) {
        this.table = table;
    }

    void execute(Connection connection, List<Change.Update> updates) throws SQLException {
        List<Column> columns = new ArrayList<>(updates.getFirst().values().keySet());
        if (table.countsRevisions() && table.revision() != null) {
            columns.add(table.revision());
        }
        String sets = columns.stream().map(column -> column.quoted() + " = ?").collect(Collectors.joining(", "));
        String sql = "update " + table.quoted() + " set " + sets + " where "
                + table.id().quoted() + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Change.Update update : updates) {
                Statement.bind(statement, binders(update));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private List<Binder> binders(Change.Update update) {
        List<Binder> binders = new ArrayList<>(update.values().values());
        if (table.countsRevisions() && table.revision() != null) {
            binders.add(new ColumnValue(table.revision(), update.revision(), null));
        }
        binders.add(update.idValue());
        return binders;
    }
}
