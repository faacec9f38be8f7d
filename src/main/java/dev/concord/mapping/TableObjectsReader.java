package dev.concord.mapping;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tables of a database system. */
final class TableObjectsReader {

    private final Set<String> keys;
    private final FaultLog log;

    /** @param keys the names of the keys that there are */
    TableObjectsReader(Set<String> keys, FaultLog log) {
        this.keys = keys;
        this.log = log;
    }

    SystemDefinition.@Nullable TableObjects read(Node node) {
        Fields fields = Fields.of(node, Shape.TABLE_OBJECTS, log);
        if (fields == null) {
            return null;
        }
        String table = stored(fields, "table", fields.requiredText("table"), "the name of a table");
        String id = stored(fields, "id", fields.requiredText("id"), "the name of a column");
        String revision = stored(fields, "revision", fields.text("revision"), "the name of a column");
        Map<String, String> columns = new LinkedHashMap<>();
        Map<String, AttributeDefinition> types = new LinkedHashMap<>();
        Map<String, String> attributeOfColumn = new HashMap<>();
        fields.members("attributes", "an object with a column per attribute").forEach((name, written) -> {
            Names.attribute(written, name, log);
            String column = column(name, written, types);
            if (column == null) {
                return;
            }
            Names.stored(written, column, "the name of a column", log);
            columns.put(name, column);
            if (column.equals(id) || column.equals(revision)) {
                SecrecyReader.refuseId(written, column, types.get(name), log);
            }
            String other = attributeOfColumn.putIfAbsent(column.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                log.error(
                        written,
                        "the column " + Quote.text(column) + " belongs to the attribute " + Quote.text(other)
                                + " already");
            }
        });
        return table == null || id == null
                ? null
                : new SystemDefinition.TableObjects(
                        table,
                        id,
                        revision,
                        Collections.unmodifiableMap(columns),
                        Collections.unmodifiableMap(types),
                        node.place());
    }

    private @Nullable String column(String name, Node written, Map<String, AttributeDefinition> types) {
        if (!(written instanceof Node.Members members)) {
            return Fields.text(written, log);
        }
        AttributeDefinition type = new AttributeReader(Shape.COLUMN, keys, log).read(name, written);
        if (type != null) {
            types.put(name, type);
        }
        Node column = members.members().get("column");
        return column == null || column.isNull() ? name : Fields.text(column, log);
    }

    private @Nullable String stored(Fields fields, String key, @Nullable String text, String what) {
        Node node = fields.get(key);
        if (node != null && text != null) {
            Names.stored(node, text, what, log);
        }
        return text;
    }
}
