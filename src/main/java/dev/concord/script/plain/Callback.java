package dev.concord.script.plain;

import org.jspecify.annotations.Nullable;

/** A function that a method calls for each element of a list. */
@FunctionalInterface
interface Callback {

    @Nullable
    Object call(Evaluation in, @Nullable Object element, int index);
}
