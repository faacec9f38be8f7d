package dev.concord.script.plain;

import org.jspecify.annotations.Nullable;

/**
 * A method of texts or lists.
 *
 * @param least arguments it takes
 * @param most arguments it takes
 */
record Method<T>(int least, int most, Body<T> body) {

    /** What it does. */
    @FunctionalInterface
    interface Body<T> {

        @Nullable
        Object on(T owner, @Nullable Object[] arguments, Evaluation in);
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }
}
