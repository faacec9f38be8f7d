package dev.concord.script.plain;

import org.jspecify.annotations.Nullable;

/**
 * Something that has a value. Values are texts, booleans, doubles, null, {@link Undefined}, maps and lists (of records,
 * or {@link Made}), and, on their way into a method only, {@link Callback} and {@link PlainPattern}.
 */
@FunctionalInterface
interface Expression {

    /** @throws NotPlainException when only the engine can tell */
    @Nullable
    Object value(Evaluation in);
}
