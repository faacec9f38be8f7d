package dev.concord.filter;

import dev.concord.record.Pointer;

/**
 * An attribute equals a value, or one of its values does. Two equalities are equal when they mean the same, so that
 * they can be keys of an index.
 *
 * @param value a {@link String}, {@link Boolean}, {@link Long} or {@link java.math.BigDecimal}
 */
public record Equality(Pointer pointer, Object value) {
    public Equality {
        value = FilterValues.checked(value);
    }
}
