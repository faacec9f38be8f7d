package dev.concord.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of an object set: its id as the system spells it, its revision where the system has one, and its
 * attributes.
 *
 * <p>Values are JSON values: {@code null}, {@link Boolean}, {@link String}, {@link Number} ({@code Integer},
 * {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Double}), {@link java.util.List} and {@link Map} with
 * string keys. Dates and times travel as ISO 8601 text. {@code content} does not contain {@code _id} or {@code _rev};
 * {@link #view()} does. Nobody may change {@code content} after construction; use {@link JsonValues#copy} to get a
 * changeable one.
 */
public record Resource(String id, @Nullable String revision, Map<String, @Nullable Object> content) {

    /**
     * The object as scripts, filters and reports see it: the attributes plus {@code _id} and, if there is one,
     * {@code _rev}.
     */
    public Map<String, @Nullable Object> view() {
        return new ResourceView(this);
    }
}
