package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.Resource;
import dev.concord.run.ActionRequest;
import dev.concord.run.Approvals;
import dev.concord.run.Plans;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.run.RunsAtWork;
import dev.concord.run.Undoing;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs that are taken back: what comes back, what others changed since, what was not kept. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class UndoContract {

    private static final String MAPPING = """
            correlateEmptyTargetSet: true
            allowEmptySourceSet: true
            correlationQuery: "({_queryFilter: 'userName eq \\"' + source.name + '\\"'})"
            validSource: "source.invalid !== true"
            properties:
              - {target: userName, source: name}
              - {target: tags, source: tags}
              - {target: note, source: note}
              - {target: password, source: password}
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: UNQUALIFIED, action: UNLINK}
              - {situation: UNASSIGNED, action: IGNORE}
            """;

    private static final String WITHOUT_PASSWORD = MAPPING.replaceAll("(?m)^.*target: password.*\\n", "");
    private static final String NEW_NOTES = HookHome.PEOPLE.replace("\"tags\"", "\"note\": \"new\", \"tags\"");
    private static final String ONLY_ADA =
            HookHome.PEOPLE.lines().limit(1).toList().getFirst() + "\n";

    private HookHome home;

    abstract TestDatabase database();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        home = new HookHome(folder, database());
        home.write("jobs/managed/user.yaml", """
                name: user
                attributes:
                  userName: {type: string, unique: true}
                  note: {type: string}
                  tags: {type: string, multivalued: true}
                  password: {type: string, hashed: true}
                  pin: {type: string, sensitive: true}
                """);
    }

    @AfterAll
    void close() {
        home.close();
    }

    private RunView undo(RunView run) {
        return home.house().undo(run.run().id(), false, home.nextRun());
    }

    private RunView look(RunView run) {
        return home.house().undo(run.run().id(), true, home.nextRun());
    }

    /** Everything that an undo has to bring back: objects by id without their revisions, and pairs of links. */
    private List<Object> state(String path) {
        Map<String, Object> objects = new TreeMap<>();
        home.accounts(path).values().forEach(account -> objects.put(account.id(), new TreeMap<>(account.content())));
        TreeSet<String> links = new TreeSet<>();
        for (Link link : home.house().get(Reconciliations.class).links("people").scan(null, 100)) {
            links.add(link.sourceId() + " " + link.targetId() + " " + link.qualifier());
        }
        return List.of(objects, links);
    }

    private List<Object> state() {
        return state("managed/account");
    }

    private Entry only(RunView run, Outcome outcome) {
        return home.entries(run).stream()
                .filter(entry -> entry.outcome() == outcome)
                .reduce((one, other) -> {
                    throw new AssertionError("Several: " + one + other);
                })
                .orElseThrow();
    }

    private String id(String name) {
        return home.accounts().get(name).id();
    }

    private static ActionRequest perform(Action action, String source, String target) {
        return new ActionRequest("people", action, source, target, null, null, true, false, null);
    }

    @Test
    void aRunOfCreatesIsTakenBackAndBroughtBackAgain() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        List<Object> before = state();
        RunView run = home.run();
        List<Object> after = state();

        RunView look = look(run);
        assertThat(look.run().analysis()).isTrue();
        assertThat(look.counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(state()).isEqualTo(after);

        RunView undo = undo(run);
        assertThat(undo.run().kind()).isEqualTo(RunKind.UNDO);
        assertThat(undo.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(undo.run().parameters())
                .containsEntry("undo", run.run().id())
                .containsEntry("by", "ann");
        assertThat(home.entries(undo)).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(Action.DELETE);
            assertThat(entry.situation()).isEqualTo(Situation.ABSENT);
            assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        });
        assertThat(state()).isEqualTo(before);

        RunView again = undo(undo);
        assertThat(home.entries(again))
                .allSatisfy(entry -> assertThat(entry.action()).isEqualTo(Action.CREATE));
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void updatesDeletesAndUnlinksAreTakenBack() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        List<Object> before = state();
        home.people("""
                {"number": "1", "name": "Ada", "tags": [], "note": "changed"}
                {"number": "2", "name": "Ben", "tags": ["b"], "invalid": true}
                """);
        RunView run = home.run();
        assertThat(run.counts().get(Measure.UPDATED)).isEqualTo(1);
        assertThat(run.counts().get(Measure.DELETED)).isEqualTo(1);
        assertThat(run.counts().get(Measure.LINKS_REMOVED)).isEqualTo(2);
        List<Object> after = state();
        RunView undo = undo(run);
        assertThat(state()).isEqualTo(before);
        assertThat(home.entries(undo))
                .extracting(Entry::action)
                .containsExactlyInAnyOrder(Action.UPDATE, Action.LINK, Action.CREATE);
        assertThat(home.run().counts().get(Measure.UPDATED)).isEqualTo(1);
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void aLinkThatWasTakenOverComesBack() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        List<Object> before = state();
        RunView moved =
                home.house().perform(ActionRequest.relink("people", "2", id("Cem"), null, true), home.nextRun());
        List<Object> after = state();
        RunView undo = undo(moved);
        assertThat(only(undo, Outcome.SUCCESS).action()).isEqualTo(Action.LINK);
        assertThat(state()).isEqualTo(before);
        undo(undo);
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void anAttributeThatOthersWroteSinceKeepsTheRecordAsItIs() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        home.people(NEW_NOTES);
        RunView run = home.run();
        home.set(id("Ben"), "note", "of somebody");
        home.set(id("Cem"), "tags", List.of("of", "somebody"));
        RunView undo = undo(run);
        Entry changed = only(undo, Outcome.CHANGED);
        assertThat(changed.sourceId()).isEqualTo("2");
        assertThat(changed.message())
                .isEqualTo("note is not what the run wrote any more. The record was left as it is.");
        assertThat(home.accounts().get("Ben").content()).containsEntry("note", "of somebody");
        assertThat(home.accounts().get("Ada").content()).doesNotContainKey("note");
        assertThat(home.accounts().get("Cem").content())
                .doesNotContainKey("note")
                .containsEntry("tags", List.of("of", "somebody"));
        assertThat(look(run).counts().failures()).isEqualTo(3);
    }

    @Test
    void aCreatedTargetThatOthersUseIsLeftAlone() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        home.set(id("Ben"), "note", "of somebody");
        home.house().perform(ActionRequest.relink("people", "3", id("Ada"), null, true), home.nextRun());
        RunView undo = undo(run);
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Cem");
        assertThat(home.entries(undo))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED));
        assertThat(home.entries(undo))
                .extracting(Entry::message)
                .anySatisfy(message -> assertThat(message).startsWith("note is not what the run wrote any more."));
    }

    @Test
    void aCreatedTargetThatWasWrittenSinceIsLeftAloneEvenIfItLooksTheSame() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        home.set(id("Ben"), "note", "x");
        home.set(id("Ben"), "note", null);
        assertThat(only(undo(run), Outcome.CHANGED).message()).startsWith("The target has been written since.");
        assertThat(home.accounts().keySet()).containsExactly("Ben");
    }

    @Test
    void aCreatedTargetThatIsGoneAlreadyIsNoTrouble() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        home.delete(id("Ben"));
        RunView undo = undo(run);
        assertThat(undo.counts().failures()).isZero();
        assertThat(home.accounts()).isEmpty();
        assertThat(home.linked()).isEmpty();
        assertThat(home.entries(undo)).extracting(Entry::message).contains("The target is gone already.");
    }

    @Test
    void aDeletedTargetWhosePlaceIsTakenIsNotBroughtBack() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        String ben = id("Ben");
        Resource cem = home.accounts().get("Cem");
        home.people(ONLY_ADA);
        RunView run = home.run();
        home.create(cem.id(), Map.of("userName", "Somebody"));
        home.people(HookHome.PEOPLE);
        home.house().perform(perform(Action.CREATE, "2", null), home.nextRun());
        RunView undo = undo(run);
        assertThat(home.entries(undo))
                .extracting(Entry::message)
                .containsExactlyInAnyOrder(
                        "The target exists again. The record was left as it is.",
                        "Source 2 is linked to target " + id("Ben") + " now. The record was left as it is.");
        assertThat(id("Ben")).isNotEqualTo(ben);
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Somebody");
        assertThat(home.linked()).containsExactly("1", "2");
    }

    @Test
    void aLinkOfAnotherPairStays() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        home.unlink();
        RunView run = home.run();
        assertThat(run.counts().get(Measure.LINKS_CREATED)).isEqualTo(3);
        String ben = id("Ben");
        home.house().perform(ActionRequest.relink("people", "1", ben, null, true), home.nextRun());
        RunView undo = undo(run);
        assertThat(home.linked()).containsExactly("1");
        assertThat(home.entries(undo))
                .extracting(Entry::outcome)
                .containsExactlyInAnyOrder(Outcome.CHANGED, Outcome.CHANGED, Outcome.SUCCESS);
        assertThat(home.entries(undo))
                .extracting(Entry::message)
                .contains("Source 1 is linked to target " + ben
                        + " any more as the run left it. The record was left as it is.");
    }

    @Test
    void whatWasNotKeptIsNamedAndStaysAsItIs() throws IOException {
        home.mapping("managed/user", MAPPING);
        String secret = HookHome.PEOPLE.replace("\"tags\"", "\"password\": \"first secret\", \"tags\"");
        home.people(secret);
        home.run();
        Map<String, Object> first = home.accounts("managed/user").get("Ben").content();
        home.people(secret.replace("first", "second").replace("\"tags\"", "\"note\": \"new\", \"tags\""));
        RunView run = home.run();
        Map<String, Object> second = home.accounts("managed/user").get("Ben").content();
        assertThat(second.get("password")).isNotEqualTo(first.get("password"));
        RunView undo = undo(run);
        assertThat(home.entries(undo)).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(entry.message()).isEqualTo("password was not kept and stays as it is.");
        });
        assertThat(home.accounts("managed/user").get("Ben").content())
                .doesNotContainKey("note")
                .containsEntry("password", second.get("password"));

        home.people("");
        RunView deleted = home.run();
        assertThat(deleted.counts().get(Measure.DELETED)).isEqualTo(3);
        RunView back = undo(deleted);
        assertThat(home.entries(back))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.message()).isEqualTo("password was not kept and is missing."));
        assertThat(home.accounts("managed/user").get("Ben").content())
                .containsEntry("userName", "Ben")
                .doesNotContainKey("password");
        assertThat(home.linked()).containsExactly("1", "2", "3");
        undo(back);
        home.people(HookHome.PEOPLE);
    }

    @Test
    void aSecretThatTheRunWroteFirstGoesUnlessItMayBeOfOthers() throws IOException {
        home.mapping("managed/user", MAPPING);
        home.run();
        home.people(NEW_NOTES.replace("\"tags\"", "\"password\": \"first secret\", \"tags\""));
        RunView run = home.run();
        home.set("managed/user", home.accounts("managed/user").get("Ben").id(), "tags", List.of("moved"));
        RunView undo = undo(run);
        assertThat(undo.counts().failures()).isZero();
        assertThat(home.accounts("managed/user").get("Ada").content()).doesNotContainKeys("password", "note");
        assertThat(home.accounts("managed/user").get("Ben").content())
                .containsKey("password")
                .doesNotContainKey("note");
        assertThat(home.entries(undo))
                .extracting(Entry::message)
                .contains("password may have been changed since and stays as it is.");
        home.people("");
        home.run();
    }

    @Test
    void aTargetThatCannotBeWithoutWhatWasNotKeptIsSaidNotToComeBackBeforeItIsTried() throws IOException {
        home.write("jobs/managed/badge.yaml", """
                name: badge
                attributes:
                  userName: {type: string, unique: true}
                  pin: {type: string, sensitive: true, required: true}
                """);
        home.mapping("managed/badge", """
                correlationQuery: "({_queryFilter: 'userName eq \\"' + source.name + '\\"'})"
                properties:
                  - {target: userName, source: name}
                  - {target: pin, source: note}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                allowEmptySourceSet: true
                """);
        home.people(HookHome.PEOPLE.replace("\"tags\"", "\"note\": \"1234\", \"tags\""));
        assertThat(home.run().counts().get(Measure.CREATED)).isEqualTo(3);
        home.people("");
        RunView run = home.run();
        assertThat(run.counts().get(Measure.DELETED)).isEqualTo(3);
        for (RunView taken : List.of(look(run), undo(run))) {
            assertThat(taken.counts().get(Measure.CREATED)).isZero();
            assertThat(home.entries(taken)).hasSize(3).allSatisfy(entry -> {
                assertThat(entry.outcome()).isEqualTo(Outcome.DATA);
                assertThat(entry.message()).startsWith("pin was not kept, and the target cannot be without");
            });
        }
        assertThat(home.linked()).isEmpty();
        home.people(HookHome.PEOPLE);
    }

    @Test
    void longValuesAreNotKeptAndNamed() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        String longNote = "x".repeat(70_000);
        home.people(HookHome.PEOPLE.replace("\"tags\": [\"b\"]", "\"note\": \"" + longNote + "\", \"tags\": [\"b\"]"));
        home.run();
        home.people(HookHome.PEOPLE.replace("[\"b\"]", "[\"c\"]"));
        RunView run = home.run();
        RunView undo = undo(run);
        assertThat(only(undo, Outcome.SUCCESS).message()).isEqualTo("note was not kept and stays as it is.");
        assertThat(home.accounts().get("Ben").content())
                .containsEntry("tags", List.of("b"))
                .doesNotContainKey("note");
    }

    @Test
    void whatComesBackUnderAnotherIdHasItsLinkAndIsNamed() throws IOException {
        String path = "system/elsewhere/account";
        home.mapping(path, WITHOUT_PASSWORD);
        home.elsewhereGivesIds(true);
        home.run();
        Map<String, Resource> before = home.accounts(path);
        home.people(ONLY_ADA);
        RunView run = home.run();
        assertThat(run.counts().get(Measure.DELETED)).isEqualTo(2);
        RunView undo = undo(run);
        Map<String, Resource> back = home.accounts(path);
        assertThat(back.keySet()).isEqualTo(before.keySet());
        for (String name : List.of("Ben", "Cem")) {
            String id = back.get(name).id();
            assertThat(id).isNotEqualTo(before.get(name).id());
            assertThat(back.get(name).content()).isEqualTo(before.get(name).content());
            assertThat(home.entries(undo))
                    .extracting(Entry::message)
                    .contains("It came back as " + id + ", because the store gives ids itself.");
            assertThat(home.house().get(Reconciliations.class).links("people").scan(null, 9))
                    .extracting(Link::targetId)
                    .contains(id);
        }
        undo(undo);
        assertThat(home.accounts(path).keySet()).containsExactly("Ada");
        assertThat(home.linked()).containsExactly("1");
        home.elsewhereGivesIds(false);
    }

    @Test
    void neitherRulesNorRowsNorScriptsRun() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        String say = ": \"openidm.create('system/trace/line', null, {hook: 'said'}); throw 'no'\"\n";
        String hooks = "";
        for (String hook :
                List.of("onDelete", "onUnlink", "onError", "onRecon", "result", "onMapping", "postMapping")) {
            hooks += hook + say;
        }
        home.mapping("managed/account", WITHOUT_PASSWORD + hooks, false);
        home.withoutPeople();
        assertThat(undo(run).counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(home.trace()).isEmpty();
        home.people(HookHome.PEOPLE);
        home.mapping(WITHOUT_PASSWORD + hooks.replace("throw 'no'", "0"));
        RunView hooked = home.run();
        home.trace();
        assertThat(undo(hooked).counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(home.trace()).isEmpty();
    }

    @Test
    void whatStaysOfRecordsThatFailedAfterwardsIsTakenBackToo() throws IOException {
        home.mapping(WITHOUT_PASSWORD.replace("action: CREATE", "action: CREATE, postAction: \"throw 'no'\""));
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(3);
        assertThat(home.accounts()).hasSize(3);
        assertThat(undo(run).counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(home.accounts()).isEmpty();
    }

    @Test
    void aTakenBackRunIsNotTakenBackTwice() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        home.people(NEW_NOTES);
        RunView run = home.run();
        undo(run);
        List<Object> before = state();
        RunView twice = undo(run);
        assertThat(twice.counts().failures()).isEqualTo(3);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aRunThatWasTakenBackBeforeItsEndNeverGoesOn() throws IOException {
        home.mapping(WITHOUT_PASSWORD + "feedSize: 1\ntaskThreads: 0\n");
        RunView run = home.house()
                .run(
                        "people",
                        home.nextRun(),
                        StaffHome.atPage(
                                2, () -> home.house().get(RunsAtWork.class).stopAll(House.ACTOR)));
        assertThat(run.run().condition()).as(run.run().message()).isEqualTo(RunCondition.STOPPED);
        assertThat(home.accounts()).hasSize(2);
        assertThat(look(run).counts().get(Measure.DELETED)).isEqualTo(2);
        RunView undo = undo(run);
        assertThat(undo.counts().get(Measure.DELETED)).isEqualTo(2);
        assertThat(home.house().find(run.run().id()).orElseThrow().run())
                .returns(RunCondition.TAKEN_BACK, Run::condition)
                .returns("Taken back by run " + undo.run().id() + ".", Run::message);
        assertThatThrownBy(() -> home.house().restart(run.run().id()))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("was taken back and never goes on")
                .hasMessageContaining(undo.run().id());
        assertThat(home.run().counts().get(Measure.CREATED)).isEqualTo(3);
    }

    @Test
    void whatFailedInAnUndoIsNotRetriedByTheMapping() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        home.run();
        home.people(NEW_NOTES);
        RunView run = home.run();
        undo(run);
        RunView failed = undo(run);
        assertThat(failed.counts().failures()).isEqualTo(3);
        Plans.FailedRequest request =
                new Plans.FailedRequest("people", failed.run().id(), false, false);
        assertThatThrownBy(() -> home.house()
                        .get(Plans.class)
                        .failedOf(request, House.ACTOR, dev.concord.ledger.RunListener.NONE))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("`undo " + run.run().id() + "`");
    }

    @Test
    void aGuardAsksBeforeManyTargetsGo() throws IOException {
        home.mapping(WITHOUT_PASSWORD + "thresholds: {deletes: 2}\n");
        RunView run = home.run();
        RunView look = look(run);
        assertThat(look.run().state()).isEqualTo(RunState.SUCCESS);
        RunView undo = undo(run);
        assertThat(undo.run().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(home.accounts()).hasSize(3);
        assertThatThrownBy(() -> undo(undo)).isInstanceOf(RunRefused.class).hasMessageContaining("waits for approval");
        home.house()
                .get(Approvals.class)
                .approve(undo.run().id(), House.ACTOR, null, dev.concord.ledger.RunListener.NONE);
        assertThat(home.house().find(undo.run().id()).orElseThrow().run().state())
                .isEqualTo(RunState.SUCCESS);
        assertThat(home.accounts()).isEmpty();
    }

    @Test
    void whatCannotBeTakenBackIsRefusedWithTheReason() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        assertThatThrownBy(() -> undo(home.run())).hasMessageContaining("changed nothing");
        assertThatThrownBy(() -> undo(look(run))).hasMessageContaining("only looked");
        assertThatThrownBy(() -> home.house().undo("nowhere", false, home.nextRun()))
                .hasMessage("There is no run nowhere.");

        Leases leases = home.house().get(Leases.class);
        Lease lease = leases.acquire("people", "another", "elsewhere:1", Duration.ofMinutes(1), holder -> false);
        assertThatThrownBy(() -> undo(run)).isInstanceOf(dev.concord.ledger.LeaseHeld.class);
        leases.release(lease);

        home.mapping("managed/user", WITHOUT_PASSWORD, false);
        assertThatThrownBy(() -> undo(run)).isInstanceOf(RunRefused.class).hasMessageContaining("another target");
        home.mapping("managed/account", WITHOUT_PASSWORD, false);

        assertThat(home.house().get(Undoing.class).extent(run.run().id())).isEqualTo(new Undoing.Extent(0, 0, 3, 3));
        JdbcTemplate jdbc = home.house().get(JdbcTemplate.class);
        jdbc.update("delete from segment_entries where run_id = ?", run.run().id());
        assertThatThrownBy(() -> undo(run)).isInstanceOf(RunRefused.class).hasMessageContaining("not kept any more");
        jdbc.update(
                "update recon_run set state = 'ACTIVE' where run_id = ?",
                run.run().id());
        assertThatThrownBy(() -> undo(run)).isInstanceOf(RunRefused.class).hasMessageContaining("has not ended");
        jdbc.update(
                "update recon_run set state = 'SUCCESS' where run_id = ?",
                run.run().id());
    }

    @Test
    void theDefinitionsAreThoseOfTheRunButTheTargetMustStillBeOne() throws IOException {
        home.mapping(WITHOUT_PASSWORD);
        RunView run = home.run();
        home.deleteFile("jobs/people.yaml");
        assertThat(undo(run).counts().get(Measure.DELETED)).isEqualTo(3);
        home.mapping(WITHOUT_PASSWORD);
        RunView other = home.run();
        String account = home.read("jobs/managed/account.yaml");
        home.deleteFile("jobs/managed/account.yaml");
        assertThatThrownBy(() -> undo(other))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("managed/account, which is not defined any more");
        home.write("jobs/managed/account.yaml", account);
        assertThat(undo(other).counts().get(Measure.DELETED)).isEqualTo(3);
    }
}
