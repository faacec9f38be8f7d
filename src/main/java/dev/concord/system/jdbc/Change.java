package dev.concord.system.jdbc;

import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A write that fits the table; {@code index} is its place in the batch. */
sealed interface Change {

    int index();

    /** The id as text; null when the database gives it. */
    @Nullable
    String id();

    /** Whether the object may hold what only the database knows. */
    boolean isFilledInByDatabase();

    /** The same change of an object as it is now. */
    default Change on(Resource now) {
        return this;
    }

    /**
     * A new row.
     *
     * @param values the columns to fill besides those of the id and the revision, in the order of the table
     * @param revision the revision it gets; null when the database gives it, or there is none
     */
    record Insert(
            int index,
            @Nullable String id,
            @Nullable ColumnValue idValue,
            Map<Column, ColumnValue> values,
            @Nullable Long revision,
            boolean isFilledInByDatabase)
            implements Change {

        /** The object as it is now, but for what the database filled in. */
        Resource written(String givenId) {
            Map<String, @Nullable Object> content = new LinkedHashMap<>();
            values.forEach((column, value) -> {
                if (value.json() != null && !column.isWriteOnly()) {
                    content.put(column.attribute(), value.json());
                }
            });
            return new Resource(givenId, revision == null ? null : String.valueOf(revision), content);
        }
    }

    /**
     * Another content of a row.
     *
     * @param values the columns that change
     * @param revision the revision it gets; null when the database gives it, or there is none
     */
    record Update(
            int index,
            ColumnValue idValue,
            Resource before,
            Map<Column, ColumnValue> values,
            @Nullable Long revision,
            boolean isFilledInByDatabase)
            implements Change {

        @Override
        public String id() {
            return before.id();
        }

        /** Whether the object is still what it was: by its revision, or by the old values of what changes. */
        boolean isBasedOn(Resource now) {
            if (before.revision() != null && now.revision() != null) {
                return before.revision().equals(now.revision());
            }
            return values.keySet().stream()
                    .filter(column -> !column.isWriteOnly())
                    .allMatch(column -> JsonValues.same(
                            before.content().get(column.attribute()),
                            now.content().get(column.attribute())));
        }

        @Override
        public Change on(Resource now) {
            if (revision == null) {
                return this;
            }
            long last = now.revision() == null ? 0 : Long.parseLong(now.revision());
            return new Update(index, idValue, before, values, last + 1, isFilledInByDatabase);
        }

        Resource written() {
            Map<String, @Nullable Object> content = new LinkedHashMap<>(before.content());
            values.forEach((column, value) -> {
                if (value.json() == null || column.isWriteOnly()) {
                    content.remove(column.attribute());
                } else {
                    content.put(column.attribute(), value.json());
                }
            });
            return new Resource(before.id(), revision == null ? before.revision() : String.valueOf(revision), content);
        }
    }

    record Delete(
            int index,
            ColumnValue idValue,
            String id,
            @Nullable String revision) implements Change {
        @Override
        public boolean isFilledInByDatabase() {
            return false;
        }
    }
}
