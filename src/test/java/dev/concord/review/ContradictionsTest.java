package dev.concord.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.record.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionsTest {

    /** n: one number, t: one text, s: one value of any type, m: texts; others: nothing is known. */
    private static final Map<String, Knowledge> KNOWN = Map.of(
            "n", new Knowledge(true, Knowledge.Family.NUMBER),
            "t", new Knowledge(true, Knowledge.Family.TEXT),
            "s", new Knowledge(true, null),
            "m", new Knowledge(false, Knowledge.Family.TEXT));

    private static final Contradictions CONTRADICTIONS =
            new Contradictions(pointer -> KNOWN.getOrDefault(pointer.attribute(), Knowledge.NONE));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false | it is always false",
                "!(true) | it is always false",
                "x eq 1 and false | it is always false",
                "n eq 1 and n eq 2 | /n eq 1 and /n eq 2 exclude each other",
                "!(x pr) and x eq 1 | !(/x pr) and /x eq 1 exclude each other",
                "x pr and !(x pr) | /x pr and !(/x pr) exclude each other",
                "x eq 1 and !(x eq 1) | /x eq 1 and !(/x eq 1) exclude each other",
                "n gt 5 and n lt 5 | /n gt 5 and /n lt 5 exclude each other",
                "n ge 5 and n lt 5 | /n ge 5 and /n lt 5 exclude each other",
                "s gt 5 and s sw \"a\" | /s gt 5 and /s sw \"a\" exclude each other",
                "t eq \"abc\" and t sw \"x\" | /t eq \"abc\" and /t sw \"x\" exclude each other",
                "t in '[\"a\",\"b\"]' and t eq \"c\" | /t in '[\"a\",\"b\"]' and /t eq \"c\" exclude each other",
                "t in '[]' | /t in '[]' names no value",
                "n eq \"1\" | n is a number, which never matches text, as in /n eq \"1\"",
                "m eq true | m is text, which never matches true or false, as in /m eq true",
                "t eq \"a\" and (t eq \"b\" or t eq \"c\") | /t eq \"a\" and /t eq \"b\" exclude each other",
                "!(x eq 1 or !(x eq 1)) | !(/x eq 1) and /x eq 1 exclude each other",
            })
    void whatContradictsItselfIsSeen(String filter, String reason) {
        assertThat(CONTRADICTIONS.proof(Filter.parse(filter))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "x eq 1",
                "x eq 1 and x eq 2",
                "m eq \"a\" and m eq \"b\"",
                "n ge 5 and n le 5",
                "n gt 5 and n lt 6",
                "n eq 1 or n eq \"a\"",
                "n in '[1,\"a\"]'",
                "!(n eq \"a\")",
                "!(n eq 1) and !(n eq 2)",
                "!(n gt 5) and !(n lt 5)",
                "t sw \"a\" and t ew \"b\"",
                "a[x eq 1] and a[x eq 2]",
                "x/y eq 1 and x/y eq 2",
                "t eq \"a\" and n eq 1",
            })
    void nothingIsClaimedThatIsNotCertain(String filter) {
        assertThat(CONTRADICTIONS.proof(Filter.parse(filter))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 200})
    void hugeFiltersAreLeftAlone(int size) {
        String part = "(a eq 1 or b eq 2) and ".repeat(size) + "n eq 1 and n eq 2";

        assertThat(CONTRADICTIONS.proof(Filter.parse(part))).isEmpty();
    }

    @Property(tries = 5000)
    void whatIsProvenNeverMatchesAnyObject(
            @ForAll @From("filters") Filter filter, @ForAll @From("objects") Map<String, @Nullable Object> object) {
        if (CONTRADICTIONS.proof(filter).isPresent()) {
            assertThat(filter.matches(object)).as(filter.text()).isFalse();
        }
    }

    @Provide
    Arbitrary<Filter> filters() {
        Arbitrary<Pointer> pointers = Arbitraries.of("n", "t", "s", "m", "x").map(Pointer::of);
        Arbitrary<Object> values = Arbitraries.of(1L, 2L, 3L, "a", "ab", "b", true);
        Arbitrary<Filter> atoms = Arbitraries.oneOf(
                Combinators.combine(pointers, Arbitraries.of(Filter.Operator.class), values)
                        .as(Filter.Comparison::new),
                pointers.map(Filter.Present::new),
                Combinators.combine(pointers, values.list().ofMaxSize(2)).as(Filter.In::new),
                Arbitraries.of(true, false).map(Filter.Literal::new));
        return Arbitraries.lazyOf(
                () -> atoms,
                () -> atoms,
                () -> filters().map(Filter.Not::new),
                () -> filters().list().ofMaxSize(4).map(Filter.And::new),
                () -> filters().list().ofMaxSize(3).map(Filter.Or::new));
    }

    @Provide
    Arbitrary<Map<String, @Nullable Object>> objects() {
        Arbitrary<@Nullable Object> numbers = Arbitraries.of(1L, 2L, 3L).map(value -> (Object) value);
        Arbitrary<@Nullable Object> texts = Arbitraries.of("a", "ab", "b", "c").map(value -> (Object) value);
        Arbitrary<@Nullable Object> any = Arbitraries.oneOf(numbers, texts, Arbitraries.of(true, false));
        Arbitrary<@Nullable Object> several = texts.list().ofMaxSize(3).map(List::copyOf);
        return Combinators.combine(
                        numbers.injectNull(0.2),
                        texts.injectNull(0.2),
                        any.injectNull(0.2),
                        several.injectNull(0.2),
                        Arbitraries.oneOf(any, several).injectNull(0.2))
                .as((n, t, s, m, x) -> {
                    Map<String, @Nullable Object> object = new LinkedHashMap<>();
                    object.put("n", n);
                    object.put("t", t);
                    object.put("s", s);
                    object.put("m", m);
                    object.put("x", x);
                    return object;
                });
    }
}
