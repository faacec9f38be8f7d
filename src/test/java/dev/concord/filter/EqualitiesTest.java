package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EqualitiesTest {

    @Provide
    Arbitrary<Filter> filters() {
        return RandomFilters.filters();
    }

    @Provide
    Arbitrary<Filter> selective() {
        return RandomFilters.selectiveFilters();
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomFilters.objects();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyMatchingObjectHoldsOneOfThem(
            @ForAll("selective") Filter filter, @ForAll @Size(30) List<@From("objects") Map<String, Object>> objects) {
        List<Equality> equalities = Equalities.of(filter).orElseThrow();
        List<Map<String, Object>> matching =
                objects.stream().filter(filter::matches).toList();

        Statistics.collect(matching.isEmpty() ? "no match" : "matches");
        Statistics.coverage(coverage -> coverage.check("matches").percentage(percentage -> percentage > 20));
        assertThat(matching)
                .allMatch(object -> equalities.stream()
                        .anyMatch(equality ->
                                Equalities.heldBy(object, equality.comparand()).contains(equality)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatAnObjectHoldsIsWhatEqMatches(
            @ForAll("objects") Map<String, Object> object, @ForAll("filters") Filter filter) {
        for (Equality equality : Equalities.of(filter).orElse(List.of())) {
            assertThat(Equalities.heldBy(object, equality.comparand()).contains(equality))
                    .isEqualTo(filter(equality).matches(object));
        }
    }

    private static Filter filter(Equality equality) {
        Pointer pointer = equality.comparand().pointer();
        return equality.comparand().isNormalized()
                ? new Filter.NormalizedEquality(
                        pointer, equality.comparand().normalizations(), (String) equality.value())
                : new Filter.Comparison(pointer, Filter.Operator.EQ, equality.value());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    mail eq "a"                                          | mail eq "a"
                    mail in '["a","b","a"]'                              | mail eq "a", mail eq "b"
                    mail eq "a" and name sw "b"                          | mail eq "a"
                    name sw "b" and (mail eq "a" or id eq 1)             | mail eq "a", id eq 1
                    active eq true and mail eq "a"                       | mail eq "a"
                    (a eq 1 or b eq 2) and c eq 3                        | c eq 3
                    mail in '["a","b"]' and name eq "c"                  | mail eq "a", mail eq "b"
                    a eq 1 or a eq 1.0                                   | a eq 1
                    a eq 1 or false                                      | a eq 1
                    active eq true                                       | active eq true
                    """)
    void theyAreTakenFromWhereTheyTellObjectsApartBest(String filter, String expected) {
        List<Equality> equalities = List.of(expected.split(", ")).stream()
                .map(text -> (Filter.Comparison) Filter.parse(text))
                .map(comparison -> new Equality(comparison.pointer(), comparison.value()))
                .toList();

        assertThat(Equalities.of(Filter.parse(filter))).contains(equalities);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "mail sw \"a\"",
                "mail pr",
                "!(mail eq \"a\")",
                "mail eq \"a\" or name pr",
                "roles[name eq \"a\"]",
                "n ge 1 and n le 1"
            })
    void someFiltersNeedNone(String filter) {
        assertThat(Equalities.of(Filter.parse(filter))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "mail in '[]'", "mail eq \"a\" and false", "false or mail in '[]'"})
    void someFiltersCannotBeMet(String filter) {
        assertThat(Equalities.of(Filter.parse(filter))).contains(List.of());
    }

    @Test
    void filtersOfOneShapeUseTheSameComparands() {
        assertThat(Equalities.of(Filter.parse("a in '[1,2,3]' and b eq 1")).orElseThrow())
                .extracting(Equality::comparand)
                .containsOnly(comparand("a"));
        assertThat(Equalities.of(Filter.parse("a in '[1]' and b eq 1")).orElseThrow())
                .extracting(Equality::comparand)
                .containsOnly(comparand("a"));
    }

    @Test
    void anObjectHoldsAnEqualityForEachDistinctValue() {
        Map<String, Object> object = Json.readObject(
                "{\"m\": [\"a\", 1, 1.0, null, {}, [\"b\"], true], \"o\": {\"s\": \"x\"}, \"z\": null}");
        Comparand list = comparand("m");

        assertThat(Equalities.heldBy(object, list))
                .containsExactly(new Equality(list, "a"), new Equality(list, 1), new Equality(list, true));
        assertThat(Equalities.heldBy(object, comparand("o/s"))).containsExactly(new Equality(Pointer.of("o/s"), "x"));
        assertThat(Equalities.heldBy(object, comparand("o"))).isEmpty();
        assertThat(Equalities.heldBy(object, comparand("z"))).isEmpty();
        assertThat(Equalities.heldBy(object, comparand("missing"))).isEmpty();
    }

    private static Comparand comparand(String pointer) {
        return Comparand.of(Pointer.of(pointer));
    }
}
