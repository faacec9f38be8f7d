package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.JsonValues;
import dev.concord.system.ObjectSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is in the database, seen as an object set.
 *
 * @param quoted its name as statements spell it
 * @param ids how many ids are asked for as one value, where the database can do that; else null
 * @param attributes the columns by attribute name, in the order of the table; without the revision
 * @param leftOut names of attributes that are left out because their columns hold no values that records can hold
 * @param unread the columns of those that the database does not compute, and of attributes that a managed type does not
 *     have any more, as statements spell them, by name
 * @param uniqueIndexes the attributes of each unique index, {@code _id} for the id column, by the name of the index
 */
record Table(
        TableLayout layout,
        Dialect dialect,
        String quoted,
        Column id,
        @Nullable Column revision,
        @Nullable IdList ids,
        Map<String, Column> attributes,
        Set<String> leftOut,
        Map<String, String> unread,
        Map<String, List<String>> uniqueIndexes) {

    static final String ID = "_id";

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,60}(\\.\\d{1,60})?");

    ObjectSchema schema() {
        Map<String, AttributeDefinition> definitions = new LinkedHashMap<>();
        Set<String> given = new HashSet<>();
        attributes.forEach((name, column) -> {
            definitions.put(name, column.definition());
            if (column.generated() || (column.autoIncrement() && !isId(column))) {
                given.add(name);
            }
        });
        return new ObjectSchema(
                definitions, false, revision != null, !id.autoIncrement(), Set.copyOf(given), unread.keySet());
    }

    /** The columns that make a whole object: id, revision if there is one, attributes that can be read. */
    List<Column> wholeObject() {
        List<Column> columns = new ArrayList<>();
        columns.add(id);
        if (revision != null) {
            columns.add(revision);
        }
        attributes.values().stream()
                .filter(column -> !isId(column) && !column.isWriteOnly())
                .forEach(columns::add);
        return columns;
    }

    boolean isId(Column column) {
        return column.name().equals(id.name());
    }

    /** Whether the adapter counts the revision up, rather than the database. */
    boolean countsRevisions() {
        return revision != null && revision.type() == ColumnType.INTEGER && !revision.generated();
    }

    /** Whether the attribute is part of a unique index besides the id's own. */
    boolean isUnique(Column column) {
        return uniqueIndexes.values().stream().anyMatch(attributes -> attributes.contains(column.attribute()));
    }

    boolean hasUniqueAttributes() {
        return uniqueIndexes.values().stream().anyMatch(attributes -> !attributes.equals(List.of(ID)));
    }

    /** An id as text: numbers without leading or trailing zeros, UUIDs in lower case. */
    static String text(Object id) {
        return id instanceof BigDecimal decimal ? decimal.toPlainString() : id.toString();
    }

    /** The value of the id column that has this text, or null when no value has it. */
    @Nullable
    ColumnValue idValue(String text) {
        Object json = switch (id.type()) {
            case INTEGER, DECIMAL -> NUMBER.matcher(text).matches() ? JsonValues.canonical(new BigDecimal(text)) : null;
            default -> text;
        };
        if (json == null) {
            return null;
        }
        try {
            ColumnValue value = ColumnValue.of(id, json);
            Object read = value.json();
            return read != null && text(read).equals(text) ? value : null;
        } catch (Unfit e) {
            return null;
        }
    }
}
