package dev.concord.system.jdbc;

import dev.concord.record.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes objects of rows. Columns that are null are absent attributes. */
final class ObjectReader {

    private final List<Column> columns;
    private final boolean repeatsId;
    private final int revision;

    /** Reads rows that hold these columns in this order; the first one is the id. */
    ObjectReader(Table table, List<Column> columns) {
        this.columns = columns;
        this.repeatsId = table.attributes().containsValue(table.id());
        this.revision = table.revision() == null ? -1 : columns.indexOf(table.revision());
    }

    /** One row: an object, or why it cannot be read. */
    sealed interface Row {
        String id();
    }

    record Whole(String id, Resource resource) implements Row {}

    record Broken(String id, String reason) implements Row {}

    Row read(ResultSet row) throws SQLException {
        Column idColumn = columns.getFirst();
        Object idValue = ColumnReader.read(idColumn, row, 1);
        if (idValue == null) {
            throw new SQLException("A row without an id was read.");
        }
        String id = Table.text(idValue);
        String revisionText = null;
        Map<String, @Nullable Object> content = LinkedHashMap.newLinkedHashMap(columns.size());
        if (repeatsId) {
            content.put(idColumn.attribute(), idValue);
        }
        for (int i = 1; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value;
            try {
                value = ColumnReader.read(column, row, i + 1);
            } catch (SQLException e) {
                if (SqlErrors.isConnectionLost(e)) {
                    throw e;
                }
                return broken(id, column);
            } catch (IllegalArgumentException e) {
                return broken(id, column);
            }
            if (i == revision) {
                revisionText = value == null ? null : Table.text(value);
            } else if (value != null) {
                content.put(column.attribute(), value);
            }
        }
        return new Whole(id, new Resource(id, revisionText, content));
    }

    private static Broken broken(String id, Column column) {
        return new Broken(
                id,
                "Attribute '" + column.attribute() + "' cannot be read: its column '" + column.name()
                        + "' does not hold a valid " + column.type().name().toLowerCase(Locale.ROOT) + " value.");
    }
}
