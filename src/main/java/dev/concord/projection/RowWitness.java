package dev.concord.projection;

import dev.concord.mapping.PropertyRow;
import org.jspecify.annotations.Nullable;

/** Is told how each property row comes to its value, while the rows are applied. Must not change what it sees. */
@FunctionalInterface
public interface RowWitness {

    /** Nobody listens. */
    RowWitness NOBODY = (row, moment, value) -> {};

    /** What happens to a row; one that {@code BEGINS} and gets no further failed. */
    enum Moment {
        BEGINS,
        /** The condition does not hold. */
        SKIPPED,
        /** The value at the row's source was looked up; null when there is none. */
        TAKEN,
        /** The transform gave this value. */
        TRANSFORMED,
        /** This value was put at the target; the row's default, if nothing else gave one. */
        PUT,
        /** The attribute was removed, because the source does not have it. */
        REMOVED
    }

    /** @param value null unless the moment has one, and it is not null */
    void sees(PropertyRow row, Moment moment, @Nullable Object value);
}
