package dev.concord.filter;

import dev.concord.record.Pointer;

/**
 * An attribute equals a value, or one of its values does. Two equalities are equal when they mean the same, so that
 * they can be keys of an index.
 *
 * @param comparand what equals the value: mind {@link Comparand#isNormalized} before asking a store for it
 * @param value a {@link String}, {@link Boolean}, {@link Long} or {@link java.math.BigDecimal}; a string that is
 *     normalised already where the comparand is
 */
public record Equality(Comparand comparand, Object value) {
    public Equality {
        value = FilterValues.checked(value);
    }

    /** The equality of a value as it stands. */
    public Equality(Pointer pointer, Object value) {
        this(Comparand.of(pointer), value);
    }
}
