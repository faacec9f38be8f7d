package dev.concord.record;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What ids are compared, looked up and kept unique by: the id itself, or, in object sets whose ids are not
 * case-sensitive, its lower-cased form in the root locale. Reads and writes of the systems always use the id as it is
 * spelled there.
 */
public record CompareKey(String text) implements Comparable<CompareKey> {

    public static CompareKey of(String id, boolean caseSensitive) {
        return new CompareKey(caseSensitive ? id : id.toLowerCase(Locale.ROOT));
    }

    /** The key as links store it, byte by byte and without padding. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The order of the bytes, so that sorted keys lie as an index of the database has them. */
    @Override
    public int compareTo(CompareKey other) {
        return JsonValues.compare(text, other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
