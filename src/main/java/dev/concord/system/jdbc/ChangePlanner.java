package dev.concord.system.jdbc;

import dev.concord.record.JsonValues;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns writes into changes of columns, and finds what does not fit before the database sees it. */
final class ChangePlanner {

    private final Table table;
    private final boolean repeatsId;

    ChangePlanner(Table table) {
        this.table = table;
        this.repeatsId = table.attributes().containsValue(table.id());
    }

    Change plan(int index, Write write) throws Unfit {
        return switch (write) {
            case Write.Create create -> insert(index, create);
            case Write.Update update -> update(index, update);
            case Write.Delete delete -> delete(index, delete);
        };
    }

    private Change insert(int index, Write.Create create) throws Unfit {
        checkNames(create.content(), Map.of());
        String id = id(create);
        ColumnValue idValue = id == null ? null : idValue(id);
        Map<Column, ColumnValue> values = new LinkedHashMap<>();
        boolean filledIn = table.revision() != null && !table.countsRevisions();
        for (Column column : table.attributes().values()) {
            if (table.isId(column)) {
                filledIn |= repeatsId && id == null;
                continue;
            }
            Object value = create.content().get(column.attribute());
            boolean given = create.content().containsKey(column.attribute());
            if (column.generated() || column.autoIncrement()) {
                checkNotWritten(column, null, value);
                filledIn = true;
            } else if (value == null && column.defaulted() && (!given || !column.nullable())) {
                filledIn = true;
            } else {
                values.put(column, fitting(column, value));
            }
        }
        if (repeatsId && idValue != null) {
            values.put(table.id(), idValue);
        }
        return new Change.Insert(index, id, idValue, values, table.countsRevisions() ? 1L : null, filledIn);
    }

    /** The id of a new object: given, repeated in the content, random, or null when the database gives it. */
    private @Nullable String id(Write.Create create) throws Unfit {
        Object repeated = repeatsId ? create.content().get(table.id().attribute()) : null;
        String given = create.id();
        if (repeated != null && given != null && !text(repeated).equals(given)) {
            throw new Unfit(
                    Kind.CONSTRAINT,
                    table.id().attribute(),
                    "Attribute '" + table.id().attribute() + "' is the id of the object and must be the same as _id.");
        }
        if (given != null) {
            return given;
        }
        if (repeated != null && table.id().generated()) {
            throw new Unfit(
                    Kind.CONSTRAINT,
                    table.id().attribute(),
                    "Attribute '" + table.id().attribute() + "' is given by the database, and cannot be written.");
        }
        if (repeated != null) {
            return text(repeated);
        }
        if (table.layout().managed()) {
            return UUID.randomUUID().toString();
        }
        boolean givenByDatabase = table.id().autoIncrement()
                || (table.id().defaulted() && !table.dialect().isMySqlFamily());
        if (!givenByDatabase) {
            throw new Unfit(
                    Kind.REQUIRED,
                    Table.ID,
                    "The object needs an _id: the database gives none for column '"
                            + table.id().name() + "'.");
        }
        return null;
    }

    private static String text(Object value) {
        return Table.text(value instanceof Number number ? JsonValues.canonical(number) : value);
    }

    private ColumnValue idValue(String id) throws Unfit {
        ColumnValue value = id.isEmpty() ? null : table.idValue(id);
        if (value == null) {
            throw new Unfit(
                    Kind.TYPE,
                    Table.ID,
                    "This _id does not fit the column '" + table.id().name() + "', which holds "
                            + table.id().type().name().toLowerCase(Locale.ROOT) + " values"
                            + (table.id().size() == 0
                                    ? "."
                                    : " of at most " + table.id().size() + " characters or digits.")
                            + " Numbers are written without leading zeros.");
        }
        return value;
    }

    private Change update(int index, Write.Update update) throws Unfit {
        Map<String, @Nullable Object> before = update.before().content();
        Map<String, @Nullable Object> wanted = update.content();
        checkNames(wanted, before);
        Map<Column, ColumnValue> values = new LinkedHashMap<>();
        boolean filledIn = table.revision() != null && !table.countsRevisions();
        for (Column column : table.attributes().values()) {
            Object old = before.get(column.attribute());
            Object value = wanted.get(column.attribute());
            if (table.isId(column)) {
                checkNotWritten(column, old, value == null ? old : value);
            } else if (column.generated() || column.autoIncrement()) {
                checkNotWritten(column, old, value);
                filledIn = true;
            } else if (!same(column, old, value)) {
                ColumnValue fitting = fitting(column, value);
                if (!same(column, old, fitting.json())) {
                    values.put(column, fitting);
                }
            } else {
                filledIn |= column.defaulted()
                        && column.type() == ColumnType.TIMESTAMP
                        && table.dialect().isMySqlFamily();
            }
        }
        ColumnValue idValue = table.idValue(update.before().id());
        if (idValue == null) {
            // No row has this id, which the locked rows will show.
            idValue = new ColumnValue(table.id(), null, null);
        }
        return new Change.Update(
                index, idValue, update.before(), values, table.countsRevisions() ? 0L : null, filledIn);
    }

    private Change delete(int index, Write.Delete delete) {
        ColumnValue idValue = table.idValue(delete.id());
        return new Change.Delete(
                index,
                idValue == null ? new ColumnValue(table.id(), null, null) : idValue,
                delete.id(),
                delete.revision());
    }

    private static boolean same(Column column, @Nullable Object left, @Nullable Object right) {
        return column.definition().unordered() ? JsonValues.sameUnordered(left, right) : JsonValues.same(left, right);
    }

    private static ColumnValue fitting(Column column, @Nullable Object value) throws Unfit {
        boolean required = column.definition().required() || (!column.nullable() && !column.defaulted());
        if (value == null && (required || !column.nullable())) {
            throw new Unfit(Kind.REQUIRED, column.attribute(), "Attribute '" + column.attribute() + "' is required.");
        }
        return ColumnValue.of(column, value);
    }

    private static void checkNotWritten(Column column, @Nullable Object before, @Nullable Object wanted) throws Unfit {
        if (!JsonValues.same(before, wanted) && wanted != null) {
            throw new Unfit(
                    Kind.CONSTRAINT,
                    column.attribute(),
                    "Attribute '" + column.attribute()
                            + "' is given by the database or the id of the object, and cannot be written.");
        }
    }

    private void checkNames(Map<String, @Nullable Object> content, Map<String, @Nullable Object> before) throws Unfit {
        for (Map.Entry<String, @Nullable Object> attribute : content.entrySet()) {
            String name = attribute.getKey();
            boolean known = table.attributes().containsKey(name) || name.equals(Table.ID) || name.equals("_rev");
            if (!known && attribute.getValue() != null && !JsonValues.same(attribute.getValue(), before.get(name))) {
                String why = table.leftOut().contains(name)
                        ? "lives in a column of a kind that records cannot hold"
                        : "does not exist there; there are "
                                + String.join(", ", table.attributes().keySet());
                throw new Unfit(
                        Kind.TYPE,
                        name,
                        "Attribute '" + name + "' cannot be written to "
                                + table.layout().set() + ": it " + why + ".");
            }
        }
    }
}
