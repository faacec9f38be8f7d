package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Flags;
import dev.concord.model.World.Labels;
import dev.concord.model.World.Link;
import dev.concord.model.World.Match;
import dev.concord.model.World.Row;
import dev.concord.model.World.Rule;
import dev.concord.model.World.RuleAction;
import dev.concord.model.World.Run;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.World.Spelling;
import dev.concord.model.World.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rules that are easy to get wrong, each in the smallest world that shows it, with what must come out written by
 * hand.
 */
class ReferenceTest {

    private static final Flags PLAIN = new Flags(true, true, false, false, true, true, null, null);

    private final List<SourceRecord> sources = new ArrayList<>();
    private final Map<String, Map<String, String>> targets = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private Flags flags = PLAIN;
    private Labels labels = new Labels.Fixed(List.of("a"));
    private @Nullable String unique;
    private boolean analyze;
    private boolean hooks;

    @Test
    void ofTwoSourcesThatFindOneTargetTheFirstLinksIt() {
        source("s1", "mail", "m1");
        source("s2", "mail", "m1");
        target("t1", "mail", "m1");
        assertThat(full().ops())
                .extracting(Op::situation, Op::action, Op::targetId, Op::errorKind)
                .containsExactly(
                        tuple(Situation.FOUND, Action.UPDATE, "t1", null),
                        tuple(Situation.FOUND_ALREADY_LINKED, Action.EXCEPTION, "t1", ErrorKind.RULE));
    }

    @Test
    void aTargetCreatedForOneSourceIsFoundByTheNext() {
        source("s1", "mail", "m1");
        source("s2", "mail", "m1");
        target("t1", "mail", "m2");
        assertThat(full().ops()).extracting(Op::situation).startsWith(Situation.ABSENT, Situation.FOUND_ALREADY_LINKED);
    }

    @Test
    void intoAnEmptyTargetSetNobodyIsCorrelated() {
        source("s1", "mail", "m1");
        source("s2", "mail", "m1");
        unique = "mail";
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::ending)
                .containsExactly(
                        tuple(Situation.ABSENT, Ending.CREATED_AND_LINKED),
                        tuple(Situation.ABSENT, Ending.CREATE_VALUE_TAKEN));
        assertThat(outcome.targets()).containsOnlyKeys("new1:s1/a");
    }

    @Test
    void whetherTheTargetSetWasEmptyIsNotKnownWithoutTheTargetPhase() {
        flags = new Flags(true, false, false, false, true, true, null, null);
        source("s1", "mail", "m1");
        source("s2", "mail", "m1");
        assertThat(full().ops())
                .extracting(Op::situation)
                .containsExactly(Situation.ABSENT, Situation.FOUND_ALREADY_LINKED);
    }

    @Test
    void anUnqualifiedRecordLeavesAnotherPersonsAccountAlone() {
        source("s1", "valid", "false", "mail", "m1");
        source("s2", "mail", "m9");
        target("t1", "mail", "m1");
        link("s2", "t1");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::targetId)
                .containsExactly(tuple(Situation.SOURCE_IGNORED, null), tuple(Situation.CONFIRMED, "t1"));
        assertThat(outcome.targets()).containsOnlyKeys("t1");
    }

    @Test
    void aPlannedDeleteIsNotDoneWhenALaterSourceTookTheTarget() {
        source("s1", "valid", "false", "mail", "m1");
        source("s2", "mail", "m1");
        target("t1", "mail", "m1");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::ending)
                .containsExactly(
                        tuple(Situation.UNQUALIFIED, Ending.DELETE_NO_LONGER_GIVEN),
                        tuple(Situation.FOUND, Ending.LINKED_AND_UNCHANGED));
        assertThat(outcome.targets()).containsOnlyKeys("t1");
    }

    @Test
    void aValueHeldByAPlannedDeleteIsFreeForTheSecondTry() {
        rule(Situation.SOURCE_MISSING, Action.DELETE);
        unique = "name";
        source("s1", "mail", "m1", "name", "n1");
        target("t1", "mail", "m2", "name", "n1");
        link("s9", "t1");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::ending)
                .containsExactly(
                        tuple(Situation.ABSENT, Ending.CREATED_AT_THE_SECOND_TRY),
                        tuple(Situation.SOURCE_MISSING, Ending.DELETED_AND_UNLINKED));
        assertThat(outcome.targets()).containsOnlyKeys("new1:s1/a");
    }

    @Test
    void aRecordWithoutReadableIdWithholdsWhatMightBeItsOwn() {
        rule(Situation.SOURCE_MISSING, Action.DELETE);
        rule(Situation.UNASSIGNED, Action.DELETE);
        sources.add(new SourceRecord(null, false, Map.of()));
        target("t1", "mail", "m1");
        target("t2", "mail", "m2");
        link("s9", "t1");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::ending)
                .containsExactly(
                        Ending.UNREADABLE_WITHOUT_ID, Ending.WITHHELD_SOURCE_MISSING, Ending.WITHHELD_UNASSIGNED);
        assertThat(outcome.targets()).hasSize(2);
    }

    @Test
    void anUnlinkedRecordWhoseValidityFailedWithholdsUnassignedOnly() {
        rule(Situation.SOURCE_MISSING, Action.DELETE);
        rule(Situation.UNASSIGNED, Action.DELETE);
        source("s1", "valid", "throw");
        target("t1", "mail", "m1");
        target("t2", "mail", "m2");
        link("s9", "t1");
        assertThat(full().ops())
                .extracting(Op::ending)
                .containsExactly(Ending.VALID_SOURCE_THREW, Ending.DELETED_AND_UNLINKED, Ending.WITHHELD_UNASSIGNED);
    }

    @Test
    void aLinkedRecordThatFailsAccountsForItsTarget() {
        source("s1", "valid", "throw");
        target("t1", "mail", "m1");
        link("s1", "t1");
        assertThat(full().ops()).extracting(Op::targetId).containsExactly("t1");
    }

    @Test
    void aRecordWhoseQualifiersFailAccountsForAllItsTargetsWithOneFailure() {
        labels = new Labels.Scripted(List.of("a", "b"));
        source("s1", "labels", "throw");
        target("t1");
        target("t2");
        links.add(new Link(World.LINK_TYPE, "a", "s1", "t1"));
        links.add(new Link(World.LINK_TYPE, "b", "s1", "t2"));
        assertThat(full().ops()).extracting(Op::ending).containsExactly(Ending.LABELS_THREW);
    }

    @Test
    void aQualifierThatATargetIsNotUsedUnderSaysNothingAboutIt() {
        labels = new Labels.Fixed(List.of("a", "b"));
        source("s1", "mail", "m1");
        target("t1", "mail", "m1");
        target("t2", "mail", "m2");
        links.add(new Link(World.LINK_TYPE, "a", "s1", "t1"));
        rule(Situation.FOUND, Action.IGNORE);
        assertThat(full().ops())
                .extracting(Op::phase, Op::targetId, Op::qualifier, Op::situation)
                .containsExactly(
                        tuple(Phase.SOURCE, "t1", "a", Situation.CONFIRMED),
                        tuple(Phase.SOURCE, "t1", "b", Situation.FOUND),
                        tuple(Phase.TARGET, "t2", "a", Situation.UNASSIGNED),
                        tuple(Phase.TARGET, "t2", "b", Situation.UNASSIGNED));
        links.set(0, new Link(World.LINK_TYPE, "a", "s9", "t2"));
        assertThat(full().ops())
                .extracting(Op::phase, Op::targetId, Op::qualifier, Op::situation)
                .contains(tuple(Phase.TARGET, "t2", "a", Situation.SOURCE_MISSING))
                .doesNotContain(tuple(Phase.TARGET, "t2", "b", Situation.UNASSIGNED));
    }

    @Test
    void ambiguousTargetsAreAccountedFor() {
        source("s1", "mail", "m1");
        target("t1", "mail", "m1");
        target("t2", "mail", "m1");
        assertThat(full().ops())
                .extracting(Op::situation, Op::targetId, Op::candidates)
                .containsExactly(tuple(Situation.AMBIGUOUS, null, List.of("t1", "t2")));
    }

    @Test
    void aLinkUnderAQualifierThatIsNoLongerUsedIsUnqualified() {
        source("s1", "mail", "m1");
        target("t1", "mail", "m1");
        links.add(new Link(World.LINK_TYPE, "old", "s1", "t1"));
        rule(Situation.FOUND, Action.IGNORE);
        rule(Situation.UNQUALIFIED, Action.UNLINK);
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::row, Op::qualifier)
                .containsExactly(
                        tuple(TableRow.SOURCE_ONE_HIT, "a"), tuple(TableRow.TARGET_QUALIFIER_NO_LONGER_USED, "old"));
        assertThat(outcome.links()).isEmpty();
    }

    @Test
    void aTargetUnderTwoQualifiersLosesBothLinks() {
        labels = new Labels.Fixed(List.of("a", "b"));
        rule(Situation.SOURCE_MISSING, Action.DELETE);
        source("s1", "mail", "m1");
        target("t1");
        target("t2", "mail", "m1");
        links.add(new Link(World.LINK_TYPE, "a", "s9", "t1"));
        links.add(new Link(World.LINK_TYPE, "b", "s9", "t1"));
        Outcome outcome = full();
        assertThat(outcome.ops())
                .filteredOn(op -> op.phase() == Phase.TARGET)
                .extracting(Op::ending)
                .containsExactly(Ending.DELETED_AND_UNLINKED, Ending.DELETE_NO_TARGET_ONLY_UNLINKED);
        assertThat(outcome.links()).extracting(Link::source).containsOnly("s1");
    }

    @Test
    void aMissingTargetIsCreatedAgainUnderTheOldLink() {
        rule(Situation.MISSING, Action.CREATE);
        source("s1", "mail", "m1");
        link("s1", "t9");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::targetId, Op::ending)
                .containsExactly(tuple(Situation.MISSING, "new1:s1/a", Ending.CREATED_AND_LINK_REPOINTED));
        assertThat(outcome.links()).containsExactly(new Link(World.LINK_TYPE, "a", "s1", "new1:s1/a"));
    }

    @Test
    void aLinkWithBothEndsGoneIsFoundInTheLinkPhase() {
        rule(Situation.LINK_ONLY, Action.UNLINK);
        source("s1", "mail", "m1");
        target("t1", "mail", "m1");
        link("s1", "t1");
        link("s8", "t8");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::phase, Op::ending)
                .containsExactly(tuple(Phase.SOURCE, Ending.UNCHANGED), tuple(Phase.LINK, Ending.UNLINKED));
        assertThat(outcome.links()).hasSize(1);
    }

    @Test
    void aSourceOutsideTheQueryStillConfirmsItsTarget() {
        flags = new Flags(true, true, false, false, true, true, new Match("site", "x", false), null);
        source("s1", "mail", "m1", "site", "y");
        source("s2", "mail", "m2", "site", "x");
        target("t1", "mail", "m1");
        link("s1", "t1");
        assertThat(full().ops())
                .extracting(Op::sourceId, Op::row)
                .containsExactly(tuple("s2", TableRow.SOURCE_NO_HIT), tuple("s1", TableRow.TARGET_SOURCE_VALID));
    }

    @Test
    void anEmptySourceTouchesNothing() {
        rule(Situation.SOURCE_MISSING, Action.DELETE);
        target("t1");
        link("s1", "t1");
        Outcome outcome = full();
        assertThat(outcome.refused()).isTrue();
        assertThat(outcome.ops()).isEmpty();
        assertThat(outcome.targets()).hasSize(1);
    }

    @Test
    void aGoneIdIsAssessedUnderEachQualifier() {
        labels = new Labels.Fixed(List.of("a", "b"));
        target("t1");
        link("s1", "t1");
        assertThat(run(new Run.Kind.Single("s1")).ops())
                .extracting(Op::qualifier, Op::situation)
                .containsExactly(tuple("a", Situation.SOURCE_MISSING), tuple("b", Situation.ALL_GONE));
    }

    @Test
    void anAnalysisSeesNoEffectsOfItsOwn() {
        analyze = true;
        source("s1", "mail", "m1");
        source("s2", "mail", "m1");
        target("t1", "mail", "m1");
        Outcome outcome = full();
        assertThat(outcome.ops()).extracting(Op::situation).containsExactly(Situation.FOUND, Situation.FOUND);
        assertThat(outcome.links()).isEmpty();
    }

    @Test
    void duplicatesFailAndTheFirstIsProcessed() {
        source("s1", "mail", "m1");
        source("s1", "mail", "m2");
        target("t1", "mail", "m1");
        target("t2", "mail", "m2");
        assertThat(full().ops())
                .extracting(Op::ending, Op::targetId)
                .containsExactly(
                        tuple(Ending.LINKED_AND_UNCHANGED, "t1"),
                        tuple(Ending.DUPLICATE, null),
                        tuple(Ending.RAISED, "t2"));
    }

    @Test
    void aHookThatFailsUndoesAllThatTheOpDid() {
        hooks = true;
        source("s1", "mail", "m1", "hook", "postMapping");
        source("s2", "mail", "m2", "hook", "onLink");
        target("t1", "mail", "m1");
        Outcome outcome = full();
        assertThat(outcome.ops())
                .extracting(Op::situation, Op::ending)
                .startsWith(
                        tuple(Situation.FOUND, Ending.POST_MAPPING_THREW),
                        tuple(Situation.ABSENT, Ending.ON_LINK_THREW));
        assertThat(outcome.targets()).containsOnlyKeys("t1");
        assertThat(outcome.links()).isEmpty();
    }

    @Test
    void onlyHooksBeforeTheWriteChangeWhatIsWritten() {
        hooks = true;
        source("s1", "mail", "m1", "hook", "change");
        source("s2", "mail", "m2", "hook", "change");
        target("t1", "mail", "m1");
        assertThat(full().targets())
                .containsEntry("t1", map("mail", "m1", "note", "onUpdate"))
                .containsEntry("new1:s2/a", map("mail", "m2", "note", "onCreate"));
    }

    private void source(String id, String... attributes) {
        sources.add(new SourceRecord(id, true, map(attributes)));
    }

    private void target(String id, String... attributes) {
        targets.put(id, map(attributes));
    }

    private void link(String source, String target) {
        links.add(new Link(World.LINK_TYPE, "a", source, target));
    }

    private void rule(Situation situation, Action action) {
        rules.add(new Rule(situation, new Condition.Always(), new RuleAction.Named(action), false));
    }

    private Outcome full() {
        return run(new Run.Kind.Full());
    }

    private Outcome run(Run.Kind kind) {
        Map<String, Correlation> correlations = new TreeMap<>();
        for (String label : labels.all()) {
            correlations.put(label, new Correlation.QueryScript(false, List.of("mail")));
        }
        World world = new World(
                0,
                flags,
                labels,
                true,
                true,
                hooks,
                new Condition.Always(),
                correlations,
                unique,
                List.of(
                        new Row("mail", "mail", Transform.NONE, new Condition.Always(), null),
                        new Row("name", "name", Transform.NONE, new Condition.Always(), null)),
                rules,
                Spelling.PINGIDM,
                sources,
                targets,
                links,
                List.of(new Run(kind, analyze)));
        return Reference.play(world).getFirst();
    }

    private static Map<String, String> map(String... attributes) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return map;
    }
}
