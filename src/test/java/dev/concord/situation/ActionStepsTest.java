package dev.concord.situation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Action;
import dev.concord.situation.ActionSteps.Impossible;
import dev.concord.situation.ActionSteps.LinkState;
import dev.concord.situation.ActionSteps.Possible;
import dev.concord.situation.ActionSteps.State;
import dev.concord.situation.ActionSteps.TargetState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each action does in each state there is. */
class ActionStepsTest {

    /**
     * Between slashes: any of these; *: whatever it is. The last column: the steps, or in brackets why it cannot be
     * done.
     */
    private static final String TABLE = """
            action    | source | target           | its link       | links kept | target is linked to another source | steps

            CREATE    | no     | *                | *              | *   | *   | (CREATE needs a source object.)
            CREATE    | yes    | EXISTS           | *              | *   | *   | (CREATE needs that there is no target yet.)
            CREATE    | yes    | NONE/GONE/SEVERAL| *              | no  | *   | PROJECT ON_MAPPING ON_CREATE CREATE_TARGET POST_MAPPING
            CREATE    | yes    | NONE/GONE/SEVERAL| NONE           | yes | *   | PROJECT ON_MAPPING ON_CREATE CREATE_TARGET ON_LINK CREATE_LINK POST_MAPPING
            CREATE    | yes    | NONE/GONE/SEVERAL| TO_TARGET/ELSEWHERE | yes | *   | PROJECT ON_MAPPING ON_CREATE CREATE_TARGET REPOINT_LINK POST_MAPPING

            UPDATE    | no     | *                | *              | *   | *   | (UPDATE needs a source object.)
            UPDATE    | yes    | NONE/GONE/SEVERAL| *              | *   | *   | (UPDATE needs one target that exists.)
            UPDATE    | yes    | EXISTS           | *              | no  | *   | PROJECT ON_MAPPING ON_UPDATE UPDATE_TARGET POST_MAPPING
            UPDATE    | yes    | EXISTS           | TO_TARGET      | yes | *   | PROJECT ON_MAPPING ON_UPDATE UPDATE_TARGET POST_MAPPING
            UPDATE    | yes    | EXISTS           | NONE           | yes | no  | ON_LINK CREATE_LINK PROJECT ON_MAPPING ON_UPDATE UPDATE_TARGET POST_MAPPING
            UPDATE    | yes    | EXISTS           | ELSEWHERE      | yes | no  | REPOINT_LINK PROJECT ON_MAPPING ON_UPDATE UPDATE_TARGET POST_MAPPING
            UPDATE    | yes    | EXISTS           | NONE/ELSEWHERE | yes | yes | (UPDATE needs a target that is not linked to another source.)

            LINK      | no     | *                | *              | *   | *   | (LINK needs a source object.)
            LINK      | yes    | NONE/GONE/SEVERAL| *              | *   | *   | (LINK needs one target that exists.)
            LINK      | yes    | EXISTS           | *              | no  | *   | POST_MAPPING
            LINK      | yes    | EXISTS           | TO_TARGET      | yes | *   | POST_MAPPING
            LINK      | yes    | EXISTS           | NONE           | yes | no  | ON_LINK CREATE_LINK POST_MAPPING
            LINK      | yes    | EXISTS           | ELSEWHERE      | yes | no  | REPOINT_LINK POST_MAPPING
            LINK      | yes    | EXISTS           | NONE/ELSEWHERE | yes | yes | (LINK needs a target that is not linked to another source.)

            DELETE    | *      | EXISTS           | NONE           | *   | *   | ON_DELETE DELETE_TARGET
            DELETE    | *      | EXISTS           | TO_TARGET/ELSEWHERE | *   | *   | ON_DELETE DELETE_TARGET ON_UNLINK REMOVE_LINK
            DELETE    | *      | NONE/GONE        | NONE           | *   | *   |
            DELETE    | *      | NONE/GONE        | TO_TARGET/ELSEWHERE | *   | *   | ON_UNLINK REMOVE_LINK
            DELETE    | *      | SEVERAL          | *              | *   | *   |

            UNLINK    | *      | *                | NONE           | *   | *   |
            UNLINK    | *      | *                | TO_TARGET/ELSEWHERE | *   | *   | ON_UNLINK REMOVE_LINK

            EXCEPTION | *      | *                | *              | *   | *   |
            IGNORE    | *      | *                | *              | *   | *   |
            REPORT    | *      | *                | *              | *   | *   |
            NOREPORT  | *      | *                | *              | *   | *   |
            ASYNC     | *      | *                | *              | *   | *   |
            """;

    private record Row(List<String> cells) {

        boolean covers(Action action, State state) {
            return matches(0, action)
                    && matches(1, state.sourceExists())
                    && matches(2, state.target())
                    && matches(3, state.link())
                    && matches(4, state.linking())
                    && matches(5, state.targetLinkedElsewhere());
        }

        private boolean matches(int column, Object value) {
            String word = value instanceof Boolean is ? (is ? "yes" : "no") : value.toString();
            return cells.get(column).equals("*")
                    || Arrays.asList(cells.get(column).split("/")).contains(word);
        }

        String steps() {
            return cells.get(6);
        }

        @Override
        public String toString() {
            return String.join(" | ", cells);
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> new Row(
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRowOfTheTable(Row row) {
        for (Action action : Action.values()) {
            for (State state : states()) {
                if (row.covers(action, state)) {
                    assertThat(text(ActionSteps.of(action, state)))
                            .as("%s, %s", action, state)
                            .isEqualTo(row.steps());
                }
            }
        }
    }

    @Test
    void theTableHasOneRowForEachActionAndState() {
        for (Action action : Action.values()) {
            for (State state : states()) {
                assertThat(rows().filter(row -> row.covers(action, state)))
                        .as("%s, %s", action, state)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aDeleteOfSeveralTargetsSaysThatItDidNothing() {
        State several = new State(true, TargetState.SEVERAL, LinkState.NONE, true, false);

        assertThat(ActionSteps.of(Action.DELETE, several))
                .isInstanceOfSatisfying(
                        Possible.class,
                        steps -> assertThat(steps.message())
                                .isEqualTo("Nothing was deleted, because several targets correlate."));
    }

    private static String text(ActionSteps steps) {
        return switch (steps) {
            case Impossible impossible -> "(" + impossible.reason() + ")";
            case Possible possible ->
                String.join(" ", possible.steps().stream().map(Step::name).toList());
        };
    }

    private static List<State> states() {
        List<State> states = new ArrayList<>();
        for (TargetState target : TargetState.values()) {
            for (LinkState link : LinkState.values()) {
                for (int flags = 0; flags < 8; flags++) {
                    states.add(new State((flags & 1) == 1, target, link, (flags & 2) == 2, (flags & 4) == 4));
                }
            }
        }
        return states;
    }

    @Test
    void aLinkThatIsMovedTakesTheTargetFromWhoeverIsLinkedToIt() {
        for (LinkState link : LinkState.values()) {
            for (boolean elsewhere : new boolean[] {false, true}) {
                State state = new State(true, TargetState.EXISTS, link, true, elsewhere);
                List<Step> steps = new ArrayList<>();
                if (elsewhere && link != LinkState.TO_TARGET) {
                    steps.add(Step.TAKE_OVER);
                }
                steps.addAll(
                        switch (link) {
                            case NONE -> List.of(Step.ON_LINK, Step.CREATE_LINK);
                            case ELSEWHERE -> List.of(Step.REPOINT_LINK);
                            case TO_TARGET -> List.of();
                        });
                steps.add(Step.POST_MAPPING);
                assertThat(ActionSteps.ofMove(state)).as("%s", state).isEqualTo(new Possible(steps, null));
            }
        }
    }

    @Test
    void aLinkCannotBeMovedWhereOneOfItsEndsIsMissingOrNoneAreKept() {
        for (State state : List.of(
                new State(false, TargetState.EXISTS, LinkState.NONE, true, true),
                new State(true, TargetState.GONE, LinkState.NONE, true, true),
                new State(true, TargetState.EXISTS, LinkState.NONE, false, false))) {
            assertThat(ActionSteps.ofMove(state)).as("%s", state).isInstanceOf(Impossible.class);
        }
    }
}
