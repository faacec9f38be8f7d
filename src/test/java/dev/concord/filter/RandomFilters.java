package dev.concord.filter;

import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Filters and objects by chance, from so few names and values that they often meet. */
final class RandomFilters {

    private static final List<String> NAMES = List.of("a", "b", "c", "0", "1");
    private static final List<Object> VALUES = List.of(
            "",
            " ",
            "a",
            "A",
            "ab",
            "a ",
            "\u00fc",
            "u\u0308",
            "\uff5a",
            "\ud83d\ude00",
            "a\ud83d\ude00",
            "1",
            "true",
            true,
            false,
            0,
            1,
            1L,
            1.0,
            new BigDecimal("1.00"),
            -1,
            0.5,
            new BigDecimal("0.50"),
            new BigDecimal("1E+3"),
            1000,
            Long.MAX_VALUE,
            new BigInteger("9223372036854775808"),
            new BigDecimal("9223372036854775807.5"),
            9.007199254740993E15,
            9007199254740993L);

    private RandomFilters() {}

    /** Filters that meet {@link #objects}, with equalities of normalised values among them. */
    static Arbitrary<Filter> filters() {
        Arbitrary<Pointer> names =
                Arbitraries.of(NAMES).list().ofMinSize(1).ofMaxSize(2).map(Pointer::new);
        Arbitrary<Pointer> pointers =
                Arbitraries.frequencyOf(Tuple.of(9, names), Tuple.of(1, Arbitraries.just(Pointer.WHOLE)));
        return trees(
                pointers,
                Arbitraries.frequencyOf(
                        Tuple.of(4, leaves(pointers, Arbitraries.of(VALUES))),
                        Tuple.of(1, normalizedEqualities(pointers))));
    }

    /** Filters that meet {@link #objects} and cannot do without an equality. */
    static Arbitrary<Filter> selectiveFilters() {
        Arbitrary<Pointer> pointers = Arbitraries.of(NAMES).map(Pointer::of);
        Arbitrary<Object> values = Arbitraries.of(VALUES);
        Arbitrary<Filter> leaves = Arbitraries.oneOf(
                Combinators.combine(pointers, values)
                        .as((pointer, value) -> new Filter.Comparison(pointer, Filter.Operator.EQ, value)),
                normalizedEqualities(pointers),
                Combinators.combine(pointers, values.list().ofMaxSize(5)).as(Filter.In::new));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        Combinators.combine(filters(), inner).as((any, one) -> new Filter.And(List.of(any, one))),
                        inner.list().ofMaxSize(3).map(Filter.Or::new)),
                0,
                2);
    }

    /** Filters with any names and values that the language can express. */
    static Arbitrary<Filter> anyFilters() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.of(
                        "mail",
                        "$crypto",
                        "_id",
                        "first-name",
                        "a.b",
                        "urn:x:1.0",
                        "True",
                        "and",
                        "first name",
                        "(x)",
                        "!a"),
                text().ofMaxLength(4));
        Arbitrary<Pointer> pointers = names.list()
                .ofMaxSize(3)
                .filter(tokens -> !tokens.equals(List.of("")))
                .map(Pointer::new);
        Arbitrary<Object> values = Arbitraries.oneOf(
                text().ofMaxLength(6).map(value -> value),
                Arbitraries.bigDecimals().map(value -> value),
                Arbitraries.bigIntegers().map(value -> value),
                Arbitraries.doubles().map(value -> value),
                Arbitraries.of(VALUES));
        return trees(pointers, leaves(pointers, values));
    }

    /** Objects whose attributes are often null, absent, lists or objects. */
    static Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> scalars = Arbitraries.of(VALUES).injectNull(0.1);
        Arbitrary<Object> flat = scalars.list().ofMaxSize(3).map(ArrayList::new);
        Arbitrary<Object> inner = Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.oneOf(scalars, flat))
                .ofMaxSize(2)
                .map(LinkedHashMap::new);
        Arbitrary<Object> lists =
                Arbitraries.oneOf(scalars, flat, inner).list().ofMaxSize(3).map(ArrayList::new);
        return Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.oneOf(scalars, scalars, flat, inner, lists))
                .ofMaxSize(5)
                .map(LinkedHashMap::new);
    }

    private static StringArbitrary text() {
        return Arbitraries.strings()
                .withChars(
                        'a', 'Z', '0', ' ', '"', '\'', '\\', '/', '~', '[', ']', '(', ')', '!', '\n', '\u0000',
                        '\u00a0')
                .withChars('\u00fc', '\u0130', '\u2028', '\ufeff', '\uff5a');
    }

    private static Arbitrary<Filter> normalizedEqualities(Arbitrary<Pointer> pointers) {
        Arbitrary<List<Normalization>> normalizations =
                Arbitraries.of(Normalization.class).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<String> texts = Arbitraries.of(VALUES.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList());
        return Combinators.combine(pointers, normalizations, texts)
                .as((pointer, steps, text) ->
                        new Filter.NormalizedEquality(pointer, steps, Normalization.apply(steps, text)));
    }

    private static Arbitrary<Filter> leaves(Arbitrary<Pointer> pointers, Arbitrary<Object> values) {
        Arbitrary<Filter> comparisons = Combinators.combine(pointers, Arbitraries.of(Filter.Operator.class), values)
                .as(Filter.Comparison::new);
        Arbitrary<Filter> equalities = Combinators.combine(pointers, values)
                .as((pointer, value) -> new Filter.Comparison(pointer, Filter.Operator.EQ, value));
        Arbitrary<Filter> memberships =
                Combinators.combine(pointers, values.list().ofMaxSize(3)).as(Filter.In::new);
        return Arbitraries.oneOf(
                comparisons,
                comparisons,
                equalities,
                memberships,
                pointers.map(Filter.Present::new),
                Arbitraries.of(Filter.Literal.TRUE, Filter.Literal.FALSE));
    }

    private static Arbitrary<Filter> trees(Arbitrary<Pointer> pointers, Arbitrary<Filter> leaves) {
        return Arbitraries.recursive(() -> leaves, inner -> branches(inner, pointers, leaves), 0, 3);
    }

    private static Arbitrary<Filter> branches(
            Arbitrary<Filter> inner, Arbitrary<Pointer> pointers, Arbitrary<Filter> leaves) {
        Arbitrary<List<Filter>> operands =
                Arbitraries.oneOf(inner, leaves).list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                operands.map(Filter.And::new),
                operands.map(Filter.Or::new),
                inner.map(Filter.Not::new),
                Combinators.combine(pointers, inner).as(Filter.Element::new),
                leaves);
    }
}
