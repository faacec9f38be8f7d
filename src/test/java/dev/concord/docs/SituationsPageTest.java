package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.docs.Page.Table;
import dev.concord.mapping.Action;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Situation;
import dev.concord.situation.ActionSteps;
import dev.concord.situation.ActionSteps.LinkState;
import dev.concord.situation.ActionSteps.State;
import dev.concord.situation.ActionSteps.TargetState;
import dev.concord.situation.Assessment;
import dev.concord.situation.Candidates;
import dev.concord.situation.LinkedTarget;
import dev.concord.situation.Situations;
import dev.concord.situation.Situations.LinkedSource;
import dev.concord.situation.Step;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/situations.md} say what the code decides. */
class SituationsPageTest {

    private static final Page PAGE = Page.of(Path.of("docs/situations.md"));

    private static final Map<String, Candidates> CANDIDATES = Map.of(
            "not asked", Candidates.NONE,
            "nothing", Candidates.NONE,
            "one target, free", new Candidates(List.of(new Candidates.Hit("t1", null)), false),
            "one target, linked to another source", new Candidates(List.of(new Candidates.Hit("t1", "s2")), false),
            "several targets",
                    new Candidates(List.of(new Candidates.Hit("t1", null), new Candidates.Hit("t2", null)), false));

    private static final Map<Step, String> STEPS = Map.ofEntries(
            Map.entry(Step.PROJECT, "rows"),
            Map.entry(Step.ON_MAPPING, "onMapping"),
            Map.entry(Step.ON_CREATE, "onCreate"),
            Map.entry(Step.CREATE_TARGET, "create target"),
            Map.entry(Step.ON_UPDATE, "onUpdate"),
            Map.entry(Step.UPDATE_TARGET, "update target"),
            Map.entry(Step.ON_LINK, "onLink"),
            Map.entry(Step.CREATE_LINK, "create link"),
            Map.entry(Step.REPOINT_LINK, "re-point link"),
            Map.entry(Step.POST_MAPPING, "postMapping"),
            Map.entry(Step.ON_DELETE, "onDelete"),
            Map.entry(Step.DELETE_TARGET, "delete target"),
            Map.entry(Step.ON_UNLINK, "onUnlink"),
            Map.entry(Step.REMOVE_LINK, "remove link"));

    @Test
    void sourceRecords() {
        Table table = PAGE.table("A source record, in the source phase");
        assertThat(table.rows()).doesNotHaveDuplicates().hasSize(12);
        assertThat(table.rows()).allSatisfy(row -> {
            Assessment assessment =
                    Situations.ofSource(yes(row.get(0)), link(row.get(1)), known(CANDIDATES, row.get(2)));
            assertThat(assessment.situation()).hasToString(row.get(3));
        });
    }

    @Test
    void idsThatDoNotExist() {
        Table table = PAGE.table("An id that was asked for and does not exist");
        assertThat(table.rows()).doesNotHaveDuplicates().hasSize(4);
        assertThat(table.rows()).allSatisfy(row -> {
            Assessment assessment =
                    Situations.ofGoneSource(link(row.get(0)), row.get(1).equals("true"), null);
            assertThat(assessment.situation()).hasToString(row.get(2));
        });
    }

    @Test
    void targets() {
        Table table = PAGE.table("A target, in the target phase");
        assertThat(table.rows()).doesNotHaveDuplicates().hasSize(5);
        assertThat(table.rows()).allSatisfy(row -> {
            LinkedSource source = switch (row.get(1)) {
                case "anything", "nothing, there is none" -> null;
                case "a source that is gone" -> LinkedSource.GONE;
                case "a source that is not valid" -> LinkedSource.NOT_VALID;
                case "a source that is valid" -> LinkedSource.VALID;
                default -> throw new AssertionError(row.get(1));
            };
            Assessment assessment = Situations.ofTarget("t1", row.get(0).equals("true"), source);
            assertThat(assessment.situation()).hasToString(row.get(2));
        });
    }

    @Test
    void links() {
        Table table = PAGE.table("A link, in the link phase");
        assertThat(table.rows()).doesNotHaveDuplicates().hasSize(4);
        assertThat(table.rows())
                .allSatisfy(row -> assertThat(Situations.ofLink(
                                        "t1",
                                        row.get(0).equals("exists"),
                                        row.get(1).equals("exists"))
                                .map(assessment -> assessment.situation().name())
                                .orElse("none"))
                        .isEqualTo(row.get(2)));
    }

    @Test
    void defaultActions() {
        Table table = PAGE.table("What happens then?");
        Map<Situation, Action> natively = Mapping.everySituation(Action.ASYNC);
        Map<Situation, Action> inPingIdm = Mapping.engineDefaults();
        assertThat(table.rows())
                .isEqualTo(Arrays.stream(Situation.values())
                        .map(situation -> List.of(
                                situation.name(),
                                String.valueOf(natively.get(situation)),
                                String.valueOf(inPingIdm.get(situation))))
                        .toList());
    }

    @Test
    void stepsOfActions() {
        List<List<String>> rows = actionTables().getFirst().rows();
        assertThat(rows).doesNotHaveDuplicates().allSatisfy(row -> {
            ActionSteps steps = ActionSteps.of(Action.valueOf(row.get(0)), state(row.get(0), row.get(1)));
            assertThat(steps).as("%s", row).isInstanceOf(ActionSteps.Possible.class);
            assertThat(words(((ActionSteps.Possible) steps).steps()))
                    .as("%s", row)
                    .isEqualTo(row.get(2));
        });
        assertThat(actionsOf(rows)).isEqualTo(allActions());
    }

    @Test
    void whichActionsHaveAPostAction() {
        List<List<String>> rows = actionTables().getLast().rows();
        assertThat(rows)
                .allSatisfy(row -> assertThat(Action.valueOf(row.get(0)).hasPostAction())
                        .as("%s", row)
                        .isEqualTo(yes(row.get(1))));
        assertThat(actionsOf(rows)).isEqualTo(allActions());
    }

    private static List<Table> actionTables() {
        List<Table> tables = PAGE.tables().stream()
                .filter(table -> table.heading().equals("What does an action do, in which order?"))
                .toList();
        assertThat(tables).hasSize(2);
        return tables;
    }

    private static Set<String> actionsOf(List<List<String>> rows) {
        return rows.stream().map(List::getFirst).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allActions() {
        return Arrays.stream(Action.values()).map(Action::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static State state(String action, String when) {
        TargetState target = action.equals("CREATE") ? TargetState.NONE : TargetState.EXISTS;
        return switch (when) {
            case "no link", "not linked" -> new State(true, target, LinkState.NONE, true, false);
            case "linked", "always" -> new State(true, TargetState.EXISTS, LinkState.TO_TARGET, true, false);
            case "the link leads to a target that is gone" ->
                new State(true, TargetState.GONE, LinkState.TO_TARGET, true, false);
            default -> throw new AssertionError(when);
        };
    }

    private static String words(List<Step> steps) {
        return steps.isEmpty() ? "nothing" : steps.stream().map(STEPS::get).collect(Collectors.joining(" → "));
    }

    private static LinkedTarget link(String words) {
        return switch (words) {
            case "none" -> null;
            case "to a target that exists" -> new LinkedTarget("t1", true);
            case "to a target that is gone" -> new LinkedTarget("t1", false);
            default -> throw new AssertionError(words);
        };
    }

    private static <T> T known(Map<String, T> words, String word) {
        assertThat(words).containsKey(word);
        return words.get(word);
    }

    private static boolean yes(String word) {
        assertThat(word).isIn("yes", "no");
        return word.equals("yes");
    }
}
