package dev.concord.system.jdbc;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.UnreadableObject;
import dev.concord.system.jdbc.ObjectReader.Broken;
import dev.concord.system.jdbc.ObjectReader.Row;
import dev.concord.system.jdbc.ObjectReader.Whole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects from one table. */
final class TableRows {

    private final Table table;
    private final List<Column> whole;
    private final ObjectReader reader;
    private final ObjectReader idReader;

    TableRows(Table table) {
        this.table = table;
        this.whole = table.wholeObject();
        this.reader = new ObjectReader(table, whole);
        this.idReader = new ObjectReader(table, List.of(table.id()));
    }

    /**
     * Whole objects that meet a condition. {@code end} is what follows the condition: an order, a number of rows, a
     * lock.
     */
    List<Row> objects(Connection connection, Predicate condition, String end) throws SQLException {
        return read(connection, whole, reader, condition, end);
    }

    /** Only the ids of objects. */
    List<Row> ids(Connection connection, Predicate condition, String end) throws SQLException {
        return read(connection, List.of(table.id()), idReader, condition, end);
    }

    /** Objects with some of their attributes only; the columns begin with the id. */
    List<Row> parts(Connection connection, List<Column> columns, Predicate condition, String end) throws SQLException {
        return read(connection, columns, new ObjectReader(table, columns), condition, end);
    }

    long count(Connection connection, Predicate condition) throws SQLException {
        String sql = "select count(*) from " + table.quoted() + " where " + condition.sql();
        return new Statement(sql, condition.binders()).rows(connection, rows -> rows.next() ? rows.getLong(1) : 0);
    }

    /** Objects by the exact text of their ids. */
    List<Row> byId(Connection connection, List<Column> columns, List<String> ids, String end) throws SQLException {
        IdList together = end.isEmpty() && ids.size() >= IdList.SHORTEST ? table.ids() : null;
        int most = together != null ? IdList.LONGEST : table.dialect().longestList();
        List<Row> all = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += most) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + most));
            all.addAll(
                    together != null
                            ? joined(connection, together, columns, some)
                            : few(connection, columns, some, end));
        }
        return all;
    }

    private List<Row> joined(Connection connection, IdList together, List<Column> columns, List<String> ids)
            throws SQLException {
        List<String> possible =
                ids.stream().filter(id -> table.idValue(id) != null).toList();
        if (possible.isEmpty()) {
            return List.of();
        }
        ObjectReader of = columns.equals(whole) ? reader : new ObjectReader(table, columns);
        return rows(connection, together.select(table.quoted(), columns, possible), of);
    }

    private List<Row> few(Connection connection, List<Column> columns, List<String> ids, String end)
            throws SQLException {
        List<ColumnValue> values = new ArrayList<>();
        for (String id : ids) {
            ColumnValue value = table.idValue(id);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return List.of();
        }
        Predicate condition = Predicate.in(idExpression(ids), values, false);
        ObjectReader of = columns.equals(whole) ? reader : new ObjectReader(table, columns);
        return read(connection, columns, of, condition, end);
    }

    List<Column> whole() {
        return whole;
    }

    /** The column of the id, made comparable with texts that its character set does not have. */
    private String idExpression(List<String> ids) {
        return table.id().type().isText()
                ? TextSql.expression(table.id(), ids)
                : table.id().quoted();
    }

    private List<Row> read(
            Connection connection, List<Column> columns, ObjectReader reader, Predicate condition, String end)
            throws SQLException {
        String names = columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
        String sql = "select " + names + " from " + table.quoted() + " where " + condition.sql() + end;
        return rows(connection, new Statement(sql, condition.binders()), reader);
    }

    private static List<Row> rows(Connection connection, Statement statement, ObjectReader reader) throws SQLException {
        return statement.rows(connection, rows -> {
            List<Row> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        });
    }

    /** Those of the objects that match, at most so many. */
    static List<Resource> matching(List<Row> rows, @Nullable Filter filter) {
        List<Resource> found = new ArrayList<>();
        for (Row row : rows) {
            Resource resource = readable(row);
            if (filter == null || filter.matches(resource.view())) {
                found.add(resource);
            }
        }
        return found;
    }

    static Resource readable(Row row) {
        return switch (row) {
            case Whole whole -> whole.resource();
            case Broken broken -> throw new UnreadableObject(broken.id(), broken.reason());
        };
    }
}
