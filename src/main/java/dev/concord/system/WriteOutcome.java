package dev.concord.system;

import dev.concord.record.Resource;
import org.jspecify.annotations.Nullable;

/** What became of one {@link Write}. */
public sealed interface WriteOutcome {

    /**
     * Done. {@code resource} is the object as it is now, null after a delete. Deleting what is gone already counts as
     * done.
     */
    record Written(@Nullable Resource resource) implements WriteOutcome {}

    /** The object is not what it was when it was read, or gone: read and decide again. */
    record Stale() implements WriteOutcome {}

    /**
     * The data does not fit.
     *
     * @param kind what is wrong with it
     * @param attribute the attribute concerned, where the system tells
     * @param message for people, without personal values
     */
    record Rejected(Kind kind, @Nullable String attribute, String message) implements WriteOutcome {}

    /**
     * Nothing happened to this object, because another write of the batch was not {@link Written} and this set does a
     * batch as a whole or not at all.
     */
    record NotDone() implements WriteOutcome {}

    enum Kind {
        /** Another object has this unique value, or this id. */
        UNIQUE,
        REQUIRED,
        /** Wrong type, too long, out of range. */
        TYPE,
        /** A constraint of the system, such as a foreign key. */
        CONSTRAINT
    }
}
