package dev.concord.filter;

import dev.concord.record.Pointer;
import java.util.List;

/**
 * What of an object is compared: the values at a pointer as they stand or, where there are normalizations, the strings
 * there after these, the first one first. Comparands can be keys of an index.
 */
public record Comparand(Pointer pointer, List<Normalization> normalizations) {
    public Comparand {
        normalizations = List.copyOf(normalizations);
    }

    /** The values at a pointer as they stand. */
    public static Comparand of(Pointer pointer) {
        return new Comparand(pointer, List.of());
    }

    /** Whether a store that knows nothing but the values as they stand cannot find them. */
    public boolean isNormalized() {
        return !normalizations.isEmpty();
    }
}
