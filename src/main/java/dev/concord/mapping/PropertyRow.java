package dev.concord.mapping;

import dev.concord.record.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * One row of a mapping's properties: how one target attribute gets its value. {@code source} is null when the row names
 * no source attribute, and {@link Pointer#WHOLE} when it takes the whole object ({@code source: ""}).
 */
public record PropertyRow(
        Pointer target,
        @Nullable Pointer source,
        @Nullable ScriptSource transform,
        @Nullable Condition condition,
        @Nullable Object defaultValue,
        Place place) {}
