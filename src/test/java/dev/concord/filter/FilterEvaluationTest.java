package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Operator;
import dev.concord.filter.Filter.Or;
import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class FilterEvaluationTest {

    @Provide
    Arbitrary<Filter> filters() {
        return RandomFilters.filters();
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomFilters.objects();
    }

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void agreesWithAnIndependentEvaluator(
            @ForAll("filters") Filter filter, @ForAll("objects") Map<String, Object> object) {
        boolean matches = filter.matches(object);

        Statistics.collect(matches);
        Statistics.coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 10));
        assertThat(matches).as(filter.text()).isEqualTo(NaiveEvaluation.matches(filter, object));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void notAnyIsEveryNot(
            @ForAll("filters") Filter one,
            @ForAll("filters") Filter other,
            @ForAll("objects") Map<String, Object> object) {
        Filter notAny = new Not(new Or(List.of(one, other)));
        Filter everyNot = new And(List.of(new Not(one), new Not(other)));

        assertThat(notAny.matches(object)).isEqualTo(everyNot.matches(object));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void notEveryIsAnyNot(
            @ForAll("filters") Filter one,
            @ForAll("filters") Filter other,
            @ForAll("objects") Map<String, Object> object) {
        Filter notEvery = new Not(new And(List.of(one, other)));
        Filter anyNot = new Or(List.of(new Not(one), new Not(other)));

        assertThat(notEvery.matches(object)).isEqualTo(anyNot.matches(object));
    }

    @Test
    void aConjunctionOfNothingHoldsAndADisjunctionOfNothingDoesNot() {
        assertThat(new And(List.of()).matches(Map.of())).isTrue();
        assertThat(new Or(List.of()).matches(Map.of())).isFalse();
    }

    @Test
    void numbersThatAreNotFiniteNeverDisturb() {
        Map<String, Object> object = Map.of("x", Double.NaN, "y", Double.POSITIVE_INFINITY);

        assertThat(Filter.parse("x eq 0 or y eq 0").matches(object)).isFalse();
        assertThat(Filter.parse("y gt 1e900").matches(object)).isTrue();
    }

    @Test
    void nullElementsOfListsMatchNothing() {
        Map<String, Object> object = Map.of("x", Arrays.asList(null, "a"));

        assertThat(Filter.parse("x eq \"a\"").matches(object)).isTrue();
        assertThat(Filter.parse("x eq \"null\" or x lt 1 or x[y eq 1]").matches(object))
                .isFalse();
    }

    @Test
    void filtersAreEqualWhenTheirNumbersAre() {
        Pointer pointer = Pointer.of("x");

        assertThat(new Comparison(pointer, Operator.EQ, 1))
                .isEqualTo(new Comparison(pointer, Operator.EQ, new BigDecimal("1.00")))
                .isEqualTo(Filter.parse("x eq 1.0"))
                .isNotEqualTo(Filter.parse("x eq \"1\""));
        assertThat(new In(pointer, List.of(1, 2.5)))
                .isEqualTo(new In(pointer, List.of(1.0, new BigDecimal("2.50"))))
                .hasSameHashCodeAs(Filter.parse("x in '[1.0,2.500]'"));
    }

    @Test
    void aFilterComparesWithNothingButStringsFiniteNumbersAndBooleans() {
        for (Object value : Arrays.asList(null, List.of(), Map.of(), 'c', Double.NaN, Float.NEGATIVE_INFINITY)) {
            assertThatThrownBy(() -> new Comparison(Pointer.of("x"), Operator.EQ, value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a string, a finite number or a boolean");
        }
    }
}
