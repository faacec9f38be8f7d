package dev.concord.filter;

import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query filter (the language of CREST {@code _queryFilter}). A comparison with a missing or null value is false, and
 * {@code !} is plain negation. Multi-valued attributes match when any element does. Values of different type families
 * (string, number, boolean) never match, nor does an object or a list inside a list. Numbers compare by their value,
 * strings by code point, and {@code false} comes before {@code true}. Immutable.
 */
public sealed interface Filter {

    /** Every operand matches; without operands it always does. */
    record And(List<Filter> operands) implements Filter {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** At least one operand matches; without operands it never does. */
    record Or(List<Filter> operands) implements Filter {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Filter operand) implements Filter {}

    /**
     * {@code pointer operator value}. The value is a {@link String}, a {@link Boolean}, a {@link Long} or a
     * {@link java.math.BigDecimal}: numbers of other classes may be given and are brought to
     * {@link JsonValues#canonical}, so that filters are equal when their values are. Throws
     * {@link IllegalArgumentException} for any other value.
     */
    record Comparison(Pointer pointer, Operator operator, Object value) implements Filter {
        public Comparison {
            value = FilterValues.checked(value);
        }
    }

    /** {@code pointer in '["a","b"]'}: equal to one of the values, which are such as those of a {@link Comparison}. */
    record In(Pointer pointer, List<Object> values) implements Filter {
        public In {
            values = values.stream().map(FilterValues::checked).toList();
        }
    }

    /**
     * The string at the pointer equals the value after these normalizations, the first one first. Only strings match.
     * This is no part of the language: the parser never gives it, and its {@link #text} is for people only.
     *
     * @param normalizations at least one, or {@link IllegalArgumentException} is thrown
     * @param value compared as it is: normalised already
     */
    record NormalizedEquality(Pointer pointer, List<Normalization> normalizations, String value) implements Filter {
        public NormalizedEquality {
            normalizations = List.copyOf(normalizations);
            if (normalizations.isEmpty()) {
                throw new IllegalArgumentException("An equality of normalised values at " + pointer
                        + " has no normalization; give at least one, or use a Comparison.");
            }
        }
    }

    /** {@code pointer pr}: present, not null, not an empty list. An empty string is present. */
    record Present(Pointer pointer) implements Filter {}

    /**
     * {@code pointer[filter]}: any element of the list at the pointer matches; the filter's pointers start at the
     * element. An attribute that holds one object instead of a list counts as a list of it.
     */
    record Element(Pointer pointer, Filter filter) implements Filter {}

    record Literal(boolean value) implements Filter {
        public static final Literal TRUE = new Literal(true);
        public static final Literal FALSE = new Literal(false);
    }

    /** {@code CO}, {@code SW} and {@code EW} (contains, starts with, ends with) only ever match strings. */
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

    /**
     * Reads a filter. Throws {@link FilterSyntaxException} saying where, what stood there and what is allowed.
     *
     * <p>Beyond the published grammar: a pointer may stand in quotes, which names with blanks or brackets need
     * ({@code "/First name" eq "Ada"}), and a single slash is the whole object. Attributes that are called
     * {@code true}, {@code false}, {@code and} or {@code or} need their slash. A text has at most
     * {@value FilterParser#MAX_LENGTH} characters and {@value FilterParser#MAX_DEPTH} levels of brackets.
     */
    static Filter parse(String text) {
        return new FilterParser(text).parse();
    }

    /**
     * The filter in its own language; {@link #parse} gives an equal filter back, or an equivalent one where an
     * {@code And} or {@code Or} has fewer than two operands. A {@link NormalizedEquality} reads
     * {@code lower(trim(/mail)) eq "a"}, which {@link #parse} refuses. The text repeats the values:
     * {@link FilterShape#toString} does not.
     */
    default String text() {
        return FilterText.of(this);
    }

    /** Whether an object matches. Pointers start at the map. Never throws for any JSON object. */
    default boolean matches(Map<String, @Nullable Object> object) {
        return FilterEvaluation.matches(this, object);
    }
}
