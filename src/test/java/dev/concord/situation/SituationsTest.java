package dev.concord.situation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Situation;
import dev.concord.situation.Candidates.Hit;
import dev.concord.situation.Situations.LinkedSource;
import dev.concord.situation.Situations.PreviousSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The decision tables, row by row. In the column of candidates, {@code X} is a target without a link, {@code X@other}
 * one that is linked to the source {@code other}, and three dots say that there were more.
 */
class SituationsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            QUALIFIED | LINK    | CANDIDATES | SITUATION            | TARGET | KEPT
            true      | T there | -          | CONFIRMED            | T      | -
            true      | T there | X          | CONFIRMED            | T      | -
            true      | T gone  | -          | MISSING              | T      | -
            true      | T gone  | X          | MISSING              | T      | -
            true      | -       | -          | ABSENT               | -      | -
            true      | -       | X          | FOUND                | X      | -
            true      | -       | X@other    | FOUND_ALREADY_LINKED | X      | -
            true      | -       | X Y        | AMBIGUOUS            | -      | X Y
            true      | -       | X@other Y  | AMBIGUOUS            | -      | X Y
            true      | -       | X ...      | AMBIGUOUS            | -      | X
            false     | T there | -          | UNQUALIFIED          | T      | -
            false     | T gone  | -          | UNQUALIFIED          | T      | -
            false     | T there | X@other    | UNQUALIFIED          | T      | -
            false     | -       | -          | SOURCE_IGNORED       | -      | -
            false     | -       | X          | UNQUALIFIED          | X      | -
            false     | -       | X@other    | SOURCE_IGNORED       | -      | -
            false     | -       | X Y        | UNQUALIFIED          | -      | X Y
            false     | -       | X@other Y  | UNQUALIFIED          | -      | X Y
            false     | -       | X ...      | UNQUALIFIED          | -      | X
            """)
    void aSourceThatExists(
            boolean qualified, String link, String candidates, Situation situation, String target, String kept) {
        Assessment assessment = Situations.ofSource(qualified, link(link), candidates(candidates));

        assertAssessment(assessment, situation, target, kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            LINK    | TARGET VALID | PREVIOUS VALUE | CANDIDATES | SITUATION      | TARGET | KEPT
            T there | true         | none           | -          | SOURCE_MISSING | T      | -
            T there | true         | valid          | X          | SOURCE_MISSING | T      | -
            T there | false        | none           | -          | TARGET_IGNORED | T      | -
            T gone  | true         | none           | -          | LINK_ONLY      | T      | -
            T gone  | false        | none           | -          | LINK_ONLY      | T      | -
            -       | true         | none           | -          | ALL_GONE       | -      | -
            -       | true         | valid          | -          | ALL_GONE       | -      | -
            -       | true         | not valid      | -          | ALL_GONE       | -      | -
            -       | true         | valid          | X          | UNASSIGNED     | X      | -
            -       | true         | valid          | X Y        | AMBIGUOUS      | -      | X Y
            -       | true         | valid          | X ...      | AMBIGUOUS      | -      | X
            -       | true         | not valid      | X          | TARGET_IGNORED | X      | -
            -       | true         | not valid      | X Y        | UNQUALIFIED    | -      | X Y
            """)
    void aSourceThatIsGone(
            String link,
            boolean targetValid,
            String previousValue,
            String candidates,
            Situation situation,
            String target,
            String kept) {
        PreviousSource previous = previousValue.equals("none")
                ? null
                : new PreviousSource(previousValue.equals("valid"), candidates(candidates));

        Assessment assessment = Situations.ofGoneSource(link(link), targetValid, previous);

        assertAssessment(assessment, situation, target, kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            TARGET VALID | LINKED SOURCE | SITUATION
            false        | -             | TARGET_IGNORED
            false        | GONE          | TARGET_IGNORED
            false        | NOT_VALID     | TARGET_IGNORED
            false        | VALID         | TARGET_IGNORED
            true         | -             | UNASSIGNED
            true         | GONE          | SOURCE_MISSING
            true         | NOT_VALID     | UNQUALIFIED
            true         | VALID         | CONFIRMED
            """)
    void aTargetThatNoSourceAccountedFor(boolean targetValid, LinkedSource source, Situation situation) {
        assertAssessment(Situations.ofTarget("T", targetValid, source), situation, "T", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            SOURCE EXISTS | TARGET EXISTS | SITUATION
            false         | false         | LINK_ONLY
            true          | false         | -
            false         | true          | -
            true          | true          | -
            """)
    void aLinkThatNobodyAccountedFor(boolean sourceExists, boolean targetExists, Situation situation) {
        assertThat(Situations.ofLink("T", sourceExists, targetExists).map(Assessment::situation))
                .isEqualTo(Optional.ofNullable(situation));
        Situations.ofLink("T", sourceExists, targetExists)
                .ifPresent(assessment -> assertAssessment(assessment, situation, "T", null));
    }

    @Test
    void theTargetOfAnotherSourceIsNamedWhenItSavesTheTargetFromAnUnqualifiedSource() {
        Assessment assessment = Situations.ofSource(false, null, candidates("X@other"));

        assertThat(assessment.message()).contains("X", "other");
    }

    @Test
    void candidatesThatAreNotListedAreMentioned() {
        assertThat(Situations.ofSource(true, null, candidates("X Y ...")).message())
                .contains("more candidates");
        assertThat(Situations.ofSource(true, null, candidates("X Y")).message()).isNull();
    }

    private static void assertAssessment(Assessment assessment, Situation situation, String target, String kept) {
        assertThat(assessment.situation()).isEqualTo(situation);
        assertThat(assessment.targetId()).isEqualTo(target);
        assertThat(assessment.candidateIds()).isEqualTo(words(kept));
    }

    private static LinkedTarget link(String text) {
        return text == null ? null : new LinkedTarget(words(text).getFirst(), text.endsWith("there"));
    }

    private static Candidates candidates(String text) {
        List<Hit> hits = words(text).stream()
                .filter(word -> !word.equals("..."))
                .map(word -> word.split("@"))
                .map(parts -> new Hit(parts[0], parts.length == 1 ? null : parts[1]))
                .toList();
        return new Candidates(hits, text != null && text.endsWith("..."));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }
}
