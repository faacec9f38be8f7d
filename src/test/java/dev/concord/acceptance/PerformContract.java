package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.ActionRequest;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Single actions and moved links, from the files through the job into the ledger. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PerformContract {

    private static final String MAPPING = """
            correlationQuery: "({_queryFilter: 'userName eq \\"' + source.name + '\\"'})"
            correlateEmptyTargetSet: true
            properties:
              - {target: userName, source: name}
              - {target: tags, source: tags}
            """;

    private static final String TRACED = """
            onCreate: "openidm.create('system/trace/line', null, {hook: 'onCreate ' + sourceId})"
            onLink: "openidm.create('system/trace/line', null, {hook: 'onLink ' + sourceId})"
            onUnlink: "openidm.create('system/trace/line', null, {hook: 'onUnlink ' + sourceId + ' ' + (source && source.name)})"
            onDelete: "openidm.create('system/trace/line', null, {hook: 'onDelete ' + target.userName})"
            policies:
              - {situation: ABSENT, action: IGNORE, postAction: "openidm.create('system/trace/line', null, {hook: 'postAction ' + action})"}
              - {situation: UNASSIGNED, action: EXCEPTION, postAction: "openidm.create('system/trace/line', null, {hook: 'postAction ' + action})"}
            """;

    private HookHome home;

    abstract TestDatabase database();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        home = new HookHome(folder, database());
    }

    @AfterAll
    void close() {
        home.close();
    }

    private static ActionRequest request(Action action, String source, String target) {
        return request(action, source, target, null);
    }

    private static ActionRequest request(Action action, String source, String target, Situation situation) {
        return new ActionRequest("people", action, source, target, null, situation, false, false, null);
    }

    private RunView perform(Action action, String source, String target) {
        return perform(request(action, source, target));
    }

    private RunView perform(ActionRequest request) {
        return home.house().perform(request, home.nextRun());
    }

    private RunView relink(String source, String target, boolean force) {
        return perform(ActionRequest.relink("people", source, target, null, force));
    }

    private Entry only(RunView run) {
        assertThat(home.entries(run)).hasSize(1);
        return home.entries(run).getFirst();
    }

    private Entry refused(RunView run) {
        assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
        Entry entry = only(run);
        assertThat(entry.outcome()).isEqualTo(Outcome.DATA);
        return entry;
    }

    private List<String> traced() {
        return home.trace().stream()
                .map(line -> String.valueOf(line.get("hook")))
                .toList();
    }

    /** Source ids to the user names of their targets. */
    private Map<String, String> links() {
        Map<String, String> names = new TreeMap<>();
        home.accounts().forEach((name, account) -> names.put(account.id(), name));
        Map<String, String> links = new TreeMap<>();
        for (Link link : home.house().get(Reconciliations.class).links("people").scan(null, 100)) {
            links.put(link.sourceId(), names.getOrDefault(link.targetId(), link.targetId()));
        }
        return links;
    }

    private String account(String name) {
        return home.accounts().get(name).id();
    }

    @Test
    void anActionTakesThePlaceOfTheRulesWithAllItsHooks() throws IOException {
        home.mapping(MAPPING + TRACED);
        RunView run = perform(Action.CREATE, "2", null);
        assertThat(run.run().kind()).isEqualTo(RunKind.ACTION);
        assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.run().parameters())
                .containsEntry("action", "CREATE")
                .containsEntry("sourceId", "2")
                .containsEntry("linkQualifier", "default")
                .containsEntry("by", "ann");
        Entry entry = only(run);
        assertThat(entry.situation()).isEqualTo(Situation.ABSENT);
        assertThat(entry.action()).isEqualTo(Action.CREATE);
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(links()).isEqualTo(Map.of("2", "Ben"));
        assertThat(home.accounts()).hasSize(1);
        assertThat(traced()).containsExactly("onCreate 2", "onLink 2", "postAction CREATE");
    }

    @Test
    void thePostActionOfTheRuleCanBeLeftOut() throws IOException {
        home.mapping(MAPPING + TRACED);
        perform(new ActionRequest("people", Action.CREATE, "2", null, null, null, true, false, null));
        assertThat(traced()).containsExactly("onCreate 2", "onLink 2");
    }

    @Test
    void anAnalysisOnlyLooks() throws IOException {
        home.mapping(MAPPING + TRACED);
        RunView run = perform(new ActionRequest("people", Action.CREATE, "2", null, null, null, false, true, null));
        assertThat(run.run().analysis()).isTrue();
        assertThat(only(run).differences()).isNotEmpty();
        assertThat(home.accounts()).isEmpty();
        assertThat(traced()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void everyActionLeavesOneEntryThatIsAboutTheRecord(Action action) throws IOException {
        home.mapping(MAPPING);
        RunView run = perform(action, "2", null);
        Entry entry = only(run);
        assertThat(entry.action()).isEqualTo(action);
        assertThat(entry.sourceId()).isEqualTo("2");
        assertThat(run.counts().get(Measure.OPS)).isEqualTo(1);
        assertThat(entry.outcome())
                .isEqualTo(
                        switch (action) {
                            case UPDATE, LINK -> Outcome.DATA;
                            case EXCEPTION -> Outcome.RULE;
                            case CREATE, DELETE, UNLINK, IGNORE, REPORT, NOREPORT, ASYNC -> Outcome.SUCCESS;
                        });
        assertThat(home.accounts()).hasSize(action == Action.CREATE ? 1 : 0);
    }

    @Test
    void withBothIdsAnAmbiguousRecordIsSettled() throws IOException {
        home.mapping(MAPPING);
        perform(Action.CREATE, "2", null);
        String first = account("Ben");
        home.unlink();
        perform(Action.CREATE, "1", null);
        home.unlink();
        home.mapping("managed/account", MAPPING + "policies: []\n", false);
        String second = account("Ada");
        home.rename(second, "Ben");
        assertThat(refused(perform(Action.UPDATE, "2", null)).candidateIds()).containsExactlyInAnyOrder(first, second);
        RunView run = perform(request(Action.UPDATE, "2", second, Situation.AMBIGUOUS));
        Entry entry = only(run);
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.situation()).isEqualTo(Situation.FOUND);
        assertThat(entry.targetId()).isEqualTo(second);
        assertThat(entry.message()).contains("AMBIGUOUS");
        assertThat(home.house().get(Reconciliations.class).links("people").scan(null, 9))
                .singleElement()
                .satisfies(link -> assertThat(link.targetId()).isEqualTo(second));
    }

    @Test
    void anotherSituationThanTheOneThatWasSeenMeansThatNothingIsDone() throws IOException {
        home.mapping(MAPPING + TRACED);
        RunView run = perform(request(Action.CREATE, "2", null, Situation.FOUND));
        assertThat(refused(run).message()).contains("The situation is ABSENT, not FOUND");
        assertThat(home.accounts()).isEmpty();
        assertThat(traced()).isEmpty();
        assertThat(only(perform(request(Action.CREATE, "2", null, Situation.ABSENT)))
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aTargetIsDeletedFromItsOwnSide() throws IOException {
        home.mapping(MAPPING + TRACED);
        perform(Action.CREATE, "2", null);
        perform(Action.CREATE, "3", null);
        home.unlink();
        traced();
        RunView run = perform(request(Action.DELETE, null, account("Ben"), Situation.UNASSIGNED));
        assertThat(only(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(run.counts().get(Measure.DELETED)).isEqualTo(1);
        assertThat(home.accounts().keySet()).containsExactly("Cem");
        assertThat(traced()).containsExactly("onDelete Ben", "postAction DELETE");
    }

    @Test
    void aLinkedTargetIsSeenFromItsOwnSideWithItsSource() throws IOException {
        home.mapping(MAPPING + TRACED);
        perform(Action.CREATE, "2", null);
        traced();
        RunView run = perform(Action.UNLINK, null, account("Ben"));
        assertThat(only(run).situation()).isEqualTo(Situation.CONFIRMED);
        assertThat(links()).isEmpty();
        assertThat(home.accounts().keySet()).containsExactly("Ben");
        assertThat(traced()).containsExactly("onUnlink 2 Ben");
    }

    @Test
    void idsThatAreNotThereAreSaid() throws IOException {
        home.mapping(MAPPING);
        assertThat(refused(perform(Action.DELETE, null, "nobody")).message())
                .contains("There is no object nobody in managed/account");
        assertThat(refused(perform(Action.LINK, "2", "nobody")).message())
                .contains("There is no object nobody in managed/account");
        assertThat(only(perform(request(Action.IGNORE, "nobody", null))).situation())
                .isEqualTo(Situation.ALL_GONE);
        assertThat(refused(perform(new ActionRequest(
                                "people", Action.CREATE, "2", null, "other", null, false, false, null)))
                        .message())
                .contains("link qualifier other");
        assertThatThrownBy(() -> perform(Action.DELETE, null, null)).isInstanceOf(RunRefused.class);
        assertThatThrownBy(() -> perform(Action.CREATE, "1", "x")).isInstanceOf(RunRefused.class);
        home.mapping(MAPPING + "linkQualifiers: [user, admin]\n");
        assertThatThrownBy(() -> perform(Action.CREATE, "1", null))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("user, admin");
    }

    @Test
    void somebodyElsesTargetIsNotDeletedUnlinkedOrTaken() throws IOException {
        home.mapping(MAPPING);
        perform(Action.CREATE, "1", null);
        perform(Action.CREATE, "2", null);
        Map<String, String> before = links();
        String ben = account("Ben");
        for (String source : List.of("1", "3")) {
            assertThat(refused(perform(Action.DELETE, source, ben)).message()).contains("linked to source 2");
            assertThat(refused(perform(Action.UNLINK, source, ben)).message()).contains("linked to source 2");
            assertThat(refused(perform(Action.LINK, source, ben)).message()).contains("not linked to another source");
        }
        assertThat(links()).isEqualTo(before);
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben");
    }

    @Test
    void anActionWaitsForNobody() throws IOException {
        home.mapping(MAPPING);
        Leases leases = home.house().get(Leases.class);
        Lease lease = leases.acquire("people", "another", "elsewhere:1", Duration.ofMinutes(1), holder -> false);
        assertThatThrownBy(() -> perform(Action.CREATE, "2", null)).isInstanceOf(LeaseHeld.class);
        leases.release(lease);
        assertThat(home.accounts()).isEmpty();
    }

    @Test
    void anActionThatCouldNotBeDoneIsContinued() throws IOException {
        home.mapping(MAPPING + TRACED);
        home.withoutPeople();
        RunView failed = perform(Action.CREATE, "2", null);
        assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
        home.people(HookHome.PEOPLE);
        RunView done = home.restart(failed);
        assertThat(done.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(done.run().kind()).isEqualTo(RunKind.ACTION);
        assertThat(only(done).action()).isEqualTo(Action.CREATE);
        assertThat(links()).isEqualTo(Map.of("2", "Ben"));
    }

    @Test
    void anActionIsNoReconciliationThatBeginsAndEnds() throws IOException {
        home.mapping(MAPPING + """
                onRecon: "openidm.create('system/trace/line', null, {hook: 'onRecon'})"
                result: "openidm.create('system/trace/line', null, {hook: 'result'})"
                """);
        perform(Action.CREATE, "2", null);
        assertThat(traced()).isEmpty();
    }

    @Test
    void whatIsInOrderIsNotWrittenButHasAnEntry() throws IOException {
        home.mapping(MAPPING);
        perform(Action.CREATE, "2", null);
        RunView run = perform(Action.UPDATE, "2", null);
        assertThat(run.counts().get(Measure.UNCHANGED)).isEqualTo(1);
        assertThat(only(run).situation()).isEqualTo(Situation.CONFIRMED);
    }

    @Test
    void aChosenTargetMayBeSpelledLikeIdsMayBe() throws IOException {
        home.mapping(MAPPING + "targetIdsCaseSensitive: false\n");
        perform(Action.CREATE, "2", null);
        Entry entry = only(perform(Action.UPDATE, "2", account("Ben").toUpperCase(Locale.ROOT)));
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.targetId()).isEqualTo(account("Ben"));
    }

    // Moved links

    @Test
    void aLinkIsMovedToAnotherTarget() throws IOException {
        home.mapping(MAPPING + TRACED);
        perform(Action.CREATE, "1", null);
        String ada = account("Ada");
        perform(Action.CREATE, "2", null);
        String ben = account("Ben");
        perform(Action.UNLINK, "2", null);
        traced();
        var contents = home.accounts();
        RunView run = relink("1", ben, false);
        assertThat(run.run().parameters()).containsEntry("relink", true).containsEntry("by", "ann");
        assertThat(links()).isEqualTo(Map.of("1", "Ben"));
        Entry entry = only(run);
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.action()).isEqualTo(Action.LINK);
        assertThat(entry.targetId()).isEqualTo(ben);
        assertThat(entry.message())
                .contains("Linked before: 1 → " + ada, "linked now: 1 → " + ben, "Target " + ada + " has no link");
        assertThat(run.counts().get(Measure.LINKS_REPOINTED)).isEqualTo(1);
        assertThat(home.accounts()).isEqualTo(contents);
        assertThat(traced()).isEmpty();
    }

    @Test
    void anotherSourceLosesItsLinkOnlyByForce() throws IOException {
        home.mapping(MAPPING + TRACED);
        perform(Action.CREATE, "1", null);
        perform(Action.CREATE, "2", null);
        String ada = account("Ada");
        String ben = account("Ben");
        traced();
        var contents = home.accounts();
        for (String source : List.of("1", "3")) {
            assertThat(refused(relink(source, ben, false)).message())
                    .contains("Target " + ben + " is linked to source 2", "Nothing was done");
        }
        assertThat(links()).isEqualTo(Map.of("1", "Ada", "2", "Ben"));
        RunView run = relink("1", ben, true);
        assertThat(links()).isEqualTo(Map.of("1", "Ben"));
        assertThat(only(run).message())
                .contains("Linked before: 1 → " + ada + ", 2 → " + ben)
                .contains("Target " + ada + " has no link any more.", "Source 2 has no link any more.");
        assertThat(traced()).containsExactly("onUnlink 2 Ben");
        assertThat(home.accounts()).isEqualTo(contents);
        relink("3", ben, true);
        assertThat(links()).isEqualTo(Map.of("3", "Ben"));
        assertThat(traced()).containsExactly("onUnlink 1 Ada", "onLink 3");
    }

    @Test
    void withoutHooksALinkIsMovedInOneGo() throws IOException {
        home.mapping(MAPPING);
        perform(Action.CREATE, "1", null);
        perform(Action.CREATE, "2", null);
        relink("1", account("Ben"), true);
        assertThat(links()).isEqualTo(Map.of("1", "Ben"));
        assertThat(only(relink("1", account("Ben"), false)).message()).contains("linked already");
        assertThat(only(relink("2", account("Ada"), false)).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(links()).isEqualTo(Map.of("1", "Ben", "2", "Ada"));
    }

    @Test
    void aThrowWhileALinkIsMovedLeavesBothLinksAsTheyWere() throws IOException {
        home.mapping(MAPPING + "onLink: \"if (sourceId === '3') throw new Error('no')\"\n");
        perform(Action.CREATE, "2", null);
        RunView run = relink("3", account("Ben"), true);
        assertThat(only(run).outcome()).isEqualTo(Outcome.SCRIPT);
        assertThat(links()).isEqualTo(Map.of("2", "Ben"));
    }

    @Test
    void aMappingWithoutLinksHasNoneToMove() throws IOException {
        home.mapping(MAPPING);
        perform(Action.CREATE, "2", null);
        String ben = account("Ben");
        home.unlink();
        home.mapping("managed/account", MAPPING + "enableLinking: false\n", false);
        assertThat(refused(relink("2", ben, true)).message()).contains("keeps no links");
    }
}
