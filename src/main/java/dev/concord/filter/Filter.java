package dev.concord.filter;

import dev.concord.record.Pointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query filter (the language of CREST {@code _queryFilter}). A comparison with a missing or null value is false, and {@code !} is
 * plain negation. Multi-valued attributes match when any element does. Values of different type families never match. Strings compare
 * by code point. Immutable.
 */
public sealed interface Filter {

    Filter TRUE = new Literal(true);
    Filter FALSE = new Literal(false);

    record And(List<Filter> operands) implements Filter {}

    record Or(List<Filter> operands) implements Filter {}

    record Not(Filter operand) implements Filter {}

    /** {@code pointer operator value}; the value is a string, a number or a boolean. */
    record Comparison(Pointer pointer, Operator operator, Object value) implements Filter {}

    /** {@code pointer in '["a","b"]'}. */
    record In(Pointer pointer, List<Object> values) implements Filter {}

    /** {@code pointer pr}: present, not null, not an empty list. */
    record Present(Pointer pointer) implements Filter {}

    /** {@code pointer[filter]}: any element of the list at the pointer matches. */
    record Element(Pointer pointer, Filter filter) implements Filter {}

    record Literal(boolean value) implements Filter {}

    enum Operator {
        EQ,
        CO,
        SW,
        EW,
        LT,
        LE,
        GT,
        GE
    }

    /** Reads a filter. Throws {@link FilterSyntaxException} saying where, what stood there and what is allowed. */
    static Filter parse(String text) {
        return new FilterParser(text).parse();
    }

    /** Whether an object matches. Pointers start at the map. Never throws for any JSON object. */
    default boolean matches(Map<String, @Nullable Object> object) {
        return FilterEvaluation.matches(this, object);
    }
}
