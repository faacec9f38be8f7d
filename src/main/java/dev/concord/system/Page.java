package dev.concord.system;

import dev.concord.record.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan read.
 *
 * @param lastPosition how far the scan came, also when the records at the end did not match the filter; null when
 *     nothing was left
 * @param end whether the range holds nothing behind this page
 */
public record Page(List<Item> items, @Nullable String lastPosition, boolean end) {

    /** One place of the set. */
    public sealed interface Item {

        /** Where it stands, in the text form that {@link ObjectSet#scan} takes. */
        String position();

        /** A record. */
        record Found(String position, Resource resource) implements Item {}

        /** A record whose id was seen before in this set; {@code where} says which place of the file or table it is. */
        record Duplicate(String position, String id, String where) implements Item {}

        /**
         * A record that could not be read.
         *
         * @param id the record's id, or null when not even that could be read
         * @param where the place in the file or table, such as {@code line 17}
         * @param reason why, without personal values
         */
        record Unreadable(String position, @Nullable String id, String where, String reason) implements Item {}
    }
}
