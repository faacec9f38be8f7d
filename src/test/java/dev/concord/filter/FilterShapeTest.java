package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterShapeTest {

    @Provide
    Arbitrary<Filter> filters() {
        return Arbitraries.oneOf(RandomFilters.anyFilters(), RandomFilters.filters());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void shapeAndValuesTogetherAreTheFilter(@ForAll("filters") Filter filter) {
        assertThat(FilterShape.of(filter).with(FilterShape.valuesOf(filter))).isEqualTo(filter);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theShapeOfAPatternIsItself(@ForAll("filters") Filter filter) {
        FilterShape shape = FilterShape.of(filter);

        assertThat(FilterShape.of(shape.pattern())).isEqualTo(shape).hasSameHashCodeAs(shape);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    mail eq "a"                     | mail eq "b"                   | true
                    n eq 1                          | n eq 2.5                      | true
                    b eq true                       | b eq false                    | true
                    mail in '["a"]'                 | mail in '["a","b"]'           | true
                    mail in '["a",1]'               | mail in '[2,3,"b"]'           | true
                    r[x eq 1] and !(mail eq "a")    | r[x eq 2] and !(mail eq "b")  | true
                    mail eq "a"                     | mail eq 1                     | false
                    mail eq "a"                     | mail eq true                  | false
                    mail eq "a"                     | mail sw "a"                   | false
                    mail eq "a"                     | phone eq "a"                  | false
                    mail in '["a"]'                 | mail in '[]'                  | false
                    mail in '["a"]'                 | mail in '[1]'                 | false
                    a eq 1 and b eq 2               | a eq 1 or b eq 2              | false
                    true                            | false                         | false
                    """)
    void filtersAreOfOneShapeWhenOnlyTheirValuesDiffer(String one, String other, boolean same) {
        assertThat(FilterShape.of(Filter.parse(one)).equals(FilterShape.of(Filter.parse(other))))
                .isEqualTo(same);
    }

    @Test
    void valuesComeFromLeftToRight() {
        assertThat(FilterShape.valuesOf(Filter.parse("a eq 'x' and (b[c lt 2] or !(d in '[true,3]')) and e pr")))
                .isEqualTo(List.of("x", 2L, List.of(true, 3L)));
    }

    @Test
    void shapesShowNoValues() {
        assertThat(FilterShape.of(Filter.parse("mail eq 'smith' and n in '[42]' or b eq true")))
                .hasToString("(/mail eq ? and /n in ?) or /b eq ?");
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        FilterShape shape = FilterShape.of(Filter.parse("mail eq 'x'"));

        for (List<?> values : List.of(
                List.of(), List.of("a", "b"), List.of(1), List.of(List.of("a")), Arrays.asList((Object) null))) {
            assertThatThrownBy(() -> shape.with(values)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(shape.with(List.of("smith"))).isEqualTo(Filter.parse("mail eq 'smith'"));
    }
}
