package dev.concord.record;

import org.jspecify.annotations.Nullable;

/**
 * One attribute that differs between two objects. {@code before} is null when the attribute was absent or null,
 * {@code after} likewise.
 */
public record AttributeChange(
        String attribute, @Nullable Object before, @Nullable Object after) {}
