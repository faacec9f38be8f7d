package dev.concord.system;

import org.jspecify.annotations.Nullable;

/**
 * A part of an object set in the store's own order.
 *
 * @param from the position the range starts at (inclusive), null for the beginning
 * @param to the position the range ends before (exclusive), null for the end
 */
public record KeyRange(@Nullable String from, @Nullable String to) {

    public static final KeyRange ALL = new KeyRange(null, null);
}
