package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.FilterCases.Case;
import dev.concord.filter.FilterCases.Sample;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory answers the table that every store has to answer. */
class FilterCasesTest {

    static List<Case> cases() {
        return FilterCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void memoryAnswersEveryCase(Case testCase) {
        Filter filter = Filter.parse(testCase.filter());

        assertThat(matching(sample -> filter.matches(sample.resource().view()))).isEqualTo(testCase.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theIndependentEvaluatorAgrees(Case testCase) {
        Filter filter = Filter.parse(testCase.filter());

        assertThat(matching(sample ->
                        NaiveEvaluation.matches(filter, sample.resource().view())))
                .isEqualTo(testCase.expected());
    }

    @Test
    void noCaseStandsTwiceInTheTable() {
        assertThat(cases().stream().map(Case::filter)).doesNotHaveDuplicates();
        assertThat(FilterCases.samples().stream().map(Sample::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyOperatorIsAskedOfEveryFamily() {
        for (Filter.Operator operator : Filter.Operator.values()) {
            for (String value : List.of("[\"']", "-?[0-9]", "(true|false)")) {
                String comparison = " " + operator.name().toLowerCase(Locale.ROOT) + " " + value;

                assertThat(cases())
                        .extracting(Case::filter)
                        .anyMatch(Pattern.compile(comparison).asPredicate());
            }
        }
    }

    @Test
    void noCaseTellsNullFromAbsentOrAnEmptyListFromNone() {
        for (Case testCase : cases()) {
            Filter filter = Filter.parse(testCase.filter());
            for (Sample sample : FilterCases.samples()) {
                var bare = sample.content();
                bare.values().removeIf(value -> value == null || value.equals(List.of()));
                bare.put("_id", sample.id());

                assertThat(filter.matches(bare))
                        .as("%s on %s", testCase, sample)
                        .isEqualTo(testCase.expected().contains(sample.id()));
            }
        }
    }

    private static TreeSet<String> matching(Predicate<Sample> condition) {
        return FilterCases.samples().stream()
                .filter(condition)
                .map(Sample::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
