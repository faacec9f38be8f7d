package dev.concord.system.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Inserts rows that fill the same columns. */
final class Inserts {

    /** Statements of these many rows, and never with more values or characters than every database takes. */
    private static final int MOST_ROWS = 256;

    private static final int MOST_VALUES = 8_000;
    private static final int MOST_CHARACTERS = 2_000_000;

    private final Table table;

    Inserts(Table table) {
        this.table = table;
    }

    /** The ids of the new rows, in their order. */
    List<String> execute(Connection connection, List<Change.Insert> inserts) throws SQLException {
        if (inserts.getFirst().idValue() == null) {
            return generatingIds(connection, inserts);
        }
        int from = 0;
        while (from < inserts.size()) {
            int rows = rows(inserts, from);
            List<Binder> binders = new ArrayList<>();
            inserts.subList(from, from + rows).forEach(insert -> binders.addAll(binders(insert)));
            Statement.update(connection, sql(inserts.getFirst(), rows), binders);
            from += rows;
        }
        return inserts.stream().map(insert -> String.valueOf(insert.id())).toList();
    }

    private List<String> generatingIds(Connection connection, List<Change.Insert> inserts) throws SQLException {
        List<String> ids = new ArrayList<>();
        String[] keys = {table.id().name()};
        try (PreparedStatement statement = connection.prepareStatement(sql(inserts.getFirst(), 1), keys)) {
            for (Change.Insert insert : inserts) {
                Statement.bind(statement, binders(insert));
                statement.executeUpdate();
                try (ResultSet generated = statement.getGeneratedKeys()) {
                    Object id = generated.next() ? ColumnReader.of(table.id()).read(generated, 1) : null;
                    if (id == null) {
                        throw new SQLException("The database did not tell the id of a new row.");
                    }
                    ids.add(Table.text(id));
                }
            }
        }
        return ids;
    }

    /** A power of two, so that there are few statements of different length. */
    private int rows(List<Change.Insert> inserts, int from) {
        if (!table.dialect().insertsManyRows()) {
            return 1;
        }
        int values = Math.max(1, binders(inserts.get(from)).size());
        int most = Math.min(Math.min(MOST_ROWS, MOST_VALUES / values), inserts.size() - from);
        int fitting = 0;
        long characters = 0;
        while (fitting < most) {
            characters +=
                    ColumnValue.characters(inserts.get(from + fitting).values().values());
            if (characters > MOST_CHARACTERS && fitting > 0) {
                break;
            }
            fitting++;
        }
        return Integer.highestOneBit(Math.max(1, fitting));
    }

    private String sql(Change.Insert insert, int rows) {
        List<Column> columns = new ArrayList<>();
        if (insert.idValue() != null) {
            columns.add(table.id());
        }
        insert.values().keySet().stream().filter(column -> !table.isId(column)).forEach(columns::add);
        if (insert.revision() != null && table.revision() != null) {
            columns.add(table.revision());
        }
        String names = columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        if (columns.isEmpty()) {
            return "insert into " + table.quoted()
                    + (table.dialect().isMySqlFamily() ? " () values ()" : " default values");
        }
        return "insert into " + table.quoted() + " (" + names + ") values "
                + String.join(", ", Collections.nCopies(rows, row));
    }

    private List<Binder> binders(Change.Insert insert) {
        List<Binder> binders = new ArrayList<>();
        if (insert.idValue() != null) {
            binders.add(insert.idValue());
        }
        insert.values().forEach((column, value) -> {
            if (!table.isId(column)) {
                binders.add(value);
            }
        });
        if (insert.revision() != null && table.revision() != null) {
            binders.add(new ColumnValue(table.revision(), insert.revision(), null));
        }
        return binders;
    }
}
