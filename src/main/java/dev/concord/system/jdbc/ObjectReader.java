package dev.concord.system.jdbc;

import dev.concord.record.AttributeNames;
import dev.concord.record.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes objects of rows. Columns that are null are absent attributes. */
final class ObjectReader {

    private static final int NONE = -1;

    private final List<Column> columns;
    private final ColumnReader[] readers;
    private final int revision;
    private final AttributeNames names;
    /** For each column the place of its attribute among the names, or none. */
    private final int[] places;

    /** Reads rows that hold these columns in this order; the first one is the id. */
    ObjectReader(Table table, List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.readers = columns.stream().map(ColumnReader::of).toArray(ColumnReader[]::new);
        this.revision = table.revision() == null ? NONE : columns.indexOf(table.revision());
        this.places = new int[columns.size()];
        List<String> attributes = new ArrayList<>();
        boolean repeatsId = table.attributes().containsValue(table.id());
        for (int i = 0; i < places.length; i++) {
            boolean isAttribute = i == 0 ? repeatsId : i != revision;
            places[i] = isAttribute ? attributes.size() : NONE;
            if (isAttribute) {
                attributes.add(columns.get(i).attribute());
            }
        }
        this.names = new AttributeNames(attributes);
    }

    /** One row: an object, or why it cannot be read. */
    sealed interface Row {
        String id();
    }

    record Whole(String id, Resource resource) implements Row {}

    record Broken(String id, String reason) implements Row {}

    Row read(ResultSet row) throws SQLException {
        Object idValue = readers[0].read(row, 1);
        if (idValue == null) {
            throw new SQLException("A row without an id was read.");
        }
        String id = Table.text(idValue);
        String revisionText = null;
        @Nullable Object[] values = new @Nullable Object[names.size()];
        if (places[0] != NONE) {
            values[places[0]] = idValue;
        }
        for (int i = 1; i < readers.length; i++) {
            Object value;
            try {
                value = readers[i].read(row, i + 1);
            } catch (SQLException e) {
                if (SqlErrors.isConnectionLost(e)) {
                    throw e;
                }
                return broken(id, columns.get(i));
            } catch (IllegalArgumentException e) {
                return broken(id, columns.get(i));
            }
            if (places[i] != NONE) {
                values[places[i]] = value;
            } else if (value != null) {
                revisionText = Table.text(value);
            }
        }
        return new Whole(id, new Resource(id, revisionText, names.object(values)));
    }

    private static Broken broken(String id, Column column) {
        return new Broken(
                id,
                "Attribute '" + column.attribute() + "' cannot be read: its column '" + column.name()
                        + "' does not hold a valid " + column.type().name().toLowerCase(Locale.ROOT) + " value.");
    }
}
