package dev.concord.link;

import dev.concord.record.CompareKey;
import dev.concord.record.JsonValues;
import org.jspecify.annotations.Nullable;

/**
 * How a mapping uses links.
 *
 * @param name the name of the mapping that defines the links
 * @param reversed whether this mapping's source stands in the second column
 * @param enabled whether links are read and written at all
 */
public record LinkType(
        String name,
        boolean reversed,
        boolean enabled,
        boolean sourceIdsCaseSensitive,
        boolean targetIdsCaseSensitive) {

    /** How long an id and its compare key may be, in bytes of UTF-8. */
    public static final int LONGEST_ID = 768;

    private static final int LONGEST_QUALIFIER = 64;
    private static final String LIMIT =
            ": it must have at most " + LONGEST_ID + " bytes of UTF-8, and no half characters.";

    /** The most bytes that one char takes, be it as it is or in lower case, which may be two characters. */
    private static final int LOWER_CASE_BYTES = 6;

    /** Why there can be no link of this kind, without repeating the ids; null when there can. */
    public static @Nullable String unfit(String qualifier, @Nullable String sourceId, @Nullable String targetId) {
        if (sourceId != null && !canBeLinked(sourceId)) {
            return "The source's id cannot be linked" + LIMIT;
        }
        if (targetId != null && !canBeLinked(targetId)) {
            return "The target's id cannot be linked" + LIMIT;
        }
        return qualifier.codePointCount(0, qualifier.length()) > LONGEST_QUALIFIER
                ? "The link qualifier is longer than " + LONGEST_QUALIFIER + " characters."
                : null;
    }

    /** Whether links can hold such an id so that no other id looks the same. */
    public static boolean canBeLinked(String id) {
        return id.length() <= LONGEST_ID
                && JsonValues.isWhole(id)
                && (id.length() * LOWER_CASE_BYTES <= LONGEST_ID
                        || Math.max(
                                        CompareKey.of(id, true).bytes().length,
                                        CompareKey.of(id, false).bytes().length)
                                <= LONGEST_ID);
    }

    public CompareKey sourceKey(String id) {
        return CompareKey.of(id, sourceIdsCaseSensitive);
    }

    public CompareKey targetKey(String id) {
        return CompareKey.of(id, targetIdsCaseSensitive);
    }

    public Link link(String qualifier, String sourceId, String targetId) {
        return new Link(qualifier, sourceId, sourceKey(sourceId), targetId, targetKey(targetId), 0);
    }
}
