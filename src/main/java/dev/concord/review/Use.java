package dev.concord.review;

import dev.concord.mapping.Place;
import dev.concord.record.Pointer;
import java.util.Locale;

/**
 * One use of an object type or of one of its attributes.
 *
 * @param owner the definition that it belongs to: the name of a mapping, or words such as {@code managed type x}
 * @param part of the definition, such as {@code row for mail}; empty for the definition as such
 * @param objectSet the path of the object type, or {@code *} where a script decides when it runs
 * @param attribute the whole object where the type itself is used, or any of its attributes
 * @param loss what would happen if the attribute (for a use of the type: the type) went away
 */
public record Use(Place place, String owner, String part, Way way, String objectSet, Pointer attribute, String loss) {

    /** How something is used. */
    public enum Way {
        /** It is described here. */
        DEFINES,
        /** The object type itself is named. */
        NAMES,
        READS,
        WRITES,
        /** A script decides when it runs, or uses the object as a whole. */
        MAY_USE,
        /** A schedule starts a mapping that uses it. */
        STARTS;

        /** In words, such as {@code may use}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
