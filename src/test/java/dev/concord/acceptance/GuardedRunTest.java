package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.guard.Guards;
import dev.concord.guard.Trip;
import dev.concord.guard.Trip.Verdict;
import dev.concord.guard.Trips;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Threshold;
import dev.concord.run.Approvals;
import dev.concord.run.EndedRuns;
import dev.concord.run.RunRefused;
import dev.concord.run.RunRequest;
import dev.concord.run.Undoing;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs that guards stop, and what people can say then. */
class GuardedRunTest {

    private static final int PEOPLE = 300;
    private static final int PAGE = 10;
    private static final int THREADS = 3;

    @TempDir
    private Path folder;

    private final TestDatabase database = Databases.H2.fresh();
    private GuardedHome home;

    @BeforeEach
    void open() {
        home = new GuardedHome(folder, database, "concord.thresholds.creates=1000");
        home.people(PEOPLE);
        home.mapping("feedSize: %d%ntaskThreads: %d%n".formatted(PAGE, THREADS));
    }

    @AfterEach
    void close() {
        home.close();
        database.close();
    }

    private RunView begun() {
        return done(home.run());
    }

    private static RunView done(RunView view) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        return view;
    }

    private static String waiting(RunView view) {
        assertThat(view.run().condition()).as(view.run().message()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(view.run().state()).isEqualTo(RunState.FAILED);
        return String.valueOf(view.run().message());
    }

    private void leave(int leavers) {
        home.people(PEOPLE, number -> true, number -> "n" + number, number -> number < leavers);
    }

    @Test
    void aMappingWithoutLinksLetsNoSmallSetGoWhenItsCorrelationStopsMatching() {
        home.people(18);
        home.mapping("enableLinking: false\n");
        home.unassigned("DELETE");
        begun();
        home.people(18, number -> true, number -> "n" + number, number -> false, "1%03d");
        RunView stopped = home.run();
        assertThat(waiting(stopped)).startsWith("18 deletes and unlinks were planned; allowed are half of 18 targets.");
        assertThat(home.accounts()).isEqualTo(18 + 18);
    }

    @Test
    void theFirstRunOfAMappingLetsNoSmallSetGoThatAnotherOneMade() {
        home.people(20);
        begun();
        home.write(
                "jobs/people.yaml",
                home.rules().replace("name: people", "name: others").replace("'left'", "'here'"));
        RunView stopped = home.house().run("others", "others-1");
        assertThat(waiting(stopped)).startsWith("20 deletes and unlinks were planned; allowed are half of 20 targets.");
        assertThat(home.accounts()).isEqualTo(20);
    }

    @Test
    void deletesWaitBeforeTheFirstOneAndApprovalDoesExactlyThem() {
        begun();
        leave(40);
        RunView stopped = home.run();
        assertThat(waiting(stopped))
                .startsWith("40 deletes and unlinks were planned; allowed are 10 % of 300 links, and at least 20."
                        + " Nothing was deleted.")
                .contains("./concord approve " + stopped.run().id());
        assertThat(home.accounts()).isEqualTo(PEOPLE);
        assertThat(home.house().get(Leases.class).holders()).isEmpty();

        RunView approved = done(home.approve(stopped));
        assertThat(approved.counts().get(Measure.DELETED)).isEqualTo(40);
        assertThat(home.accounts()).isEqualTo(PEOPLE - 40);
        assertThat(home.trips(stopped)).singleElement().satisfies(trip -> {
            assertThat(trip.excess().guard()).isEqualTo(Guard.DELETES);
            assertThat(trip.excess().number()).isEqualTo(40);
            assertThat(trip.excess().base()).isEqualTo(PEOPLE);
            assertThat(trip.decision()).isNotNull();
            assertThat(trip.decision().verdict()).isEqualTo(Verdict.APPROVED);
            assertThat(trip.decision().by()).isEqualTo("ann");
            assertThat(trip.decision().reason()).isEqualTo("it is fine");
        });
        assertThatThrownBy(() -> home.approve(stopped))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("is done");
    }

    @Test
    void asManyAsAreAllowedDoNotWait() {
        begun();
        leave(30);
        assertThat(done(home.run()).counts().get(Measure.DELETED)).isEqualTo(30);
    }

    @Test
    void whoseRecordsCameBackBeforeTheApprovalIsNotDeleted() {
        home.write("jobs/systems/staff.yaml", """
                name: staff
                type: jdbc
                datasource: platform
                objects:
                  person: {table: staff, id: number}
                """);
        JdbcTemplate jdbc = home.house().get(JdbcTemplate.class);
        jdbc.execute("create table staff (number varchar(10) primary key, name varchar(20), state varchar(10))");
        for (int i = 0; i < PEOPLE; i++) {
            jdbc.update("insert into staff values (?, ?, 'here')", "%04d".formatted(i), "n" + i);
        }
        begun();
        jdbc.update("update staff set state = 'left' where number < '0040'");
        RunView stopped = home.run();
        waiting(stopped);
        jdbc.update("update staff set state = 'here' where number < '0005'");
        RunView approved = done(home.approve(stopped));
        assertThat(approved.counts().get(Measure.DELETED)).isEqualTo(35);
        assertThat(approved.counts().ops(kind -> kind.outcome() == Outcome.OBSOLETE))
                .as("what was planned and is not done is not told as done")
                .isEqualTo(5);
        assertThat(approved.counts().failures()).isZero();
        assertThat(home.entries(approved).stream()
                        .filter(entry -> entry.outcome() == Outcome.SUCCESS && entry.action() == Action.DELETE))
                .hasSize(35);
    }

    @Test
    void aDeniedRunNeverGoesOnAndSaysWhatBecameOfItsPlan() {
        begun();
        leave(40);
        RunView stopped = home.run();
        RunView denied = home.deny(stopped);
        assertThat(denied.run().condition()).isEqualTo(RunCondition.DENIED);
        assertThat(denied.run().message()).endsWith("Denied by ann: never. What was planned was dropped.");
        assertThat(home.trips(stopped).getFirst().decision().verdict()).isEqualTo(Verdict.DENIED);
        assertThatThrownBy(() -> home.house().restart(stopped.run().id()))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("was denied");
        assertThatThrownBy(() -> home.approve(stopped)).isInstanceOf(RunRefused.class);
        assertThatThrownBy(() -> home.deny(stopped)).isInstanceOf(RunRefused.class);
        assertThat(home.accounts()).isEqualTo(PEOPLE);
        assertThat(home.house().get(Trips.class).waiting()).isEmpty();
    }

    @Test
    void theNextFullRunTakesThePlaceOfOneThatWaits() {
        begun();
        leave(40);
        RunView stopped = home.run();
        assertThat(home.house().get(Trips.class).waiting())
                .singleElement()
                .satisfies(waiting ->
                        assertThat(waiting.runId()).isEqualTo(stopped.run().id()));
        home.house().analyze(GuardedHome.MAPPING, "looked");
        home.run(new RunRequest(GuardedHome.MAPPING, false, List.of("0100"), null));
        assertThat(condition(stopped)).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        leave(0);
        RunView newer = home.run();
        done(newer);
        assertThat(condition(stopped)).isEqualTo(RunCondition.SUPERSEDED);
        assertThat(stopped.run().message()).contains("approve");
        assertThat(home.house().find(stopped.run().id()).orElseThrow().run().message())
                .contains("Superseded by run " + newer.run().id())
                .doesNotContain("approve")
                .doesNotContain("deny");
        assertThatThrownBy(() -> home.approve(stopped))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("superseded")
                .hasMessageContaining(newer.run().id());
        assertThatThrownBy(() -> home.house().restart(stopped.run().id())).isInstanceOf(RunRefused.class);
        assertThat(home.accounts()).isEqualTo(PEOPLE);
    }

    private RunCondition condition(RunView run) {
        return home.house()
                .find(run.run().id())
                .map(RunView::run)
                .map(Run::condition)
                .orElseThrow();
    }

    @Test
    void aRestartWithoutApprovalJudgesAgain() {
        begun();
        leave(40);
        RunView stopped = home.run();
        home.mapping("thresholds: {deletes: none}\n");
        String message = waiting(home.house().restart(stopped.run().id()));
        assertThat(message).contains("40 deletes");
        assertThat(home.trips(stopped)).hasSize(1);
        assertThat(home.accounts()).isEqualTo(PEOPLE);
    }

    @Test
    void aSourceThatShrankStopsTheRunBeforeAnythingIsWrittenAndMayBeMended() {
        begun();
        home.people(PEOPLE / 2, number -> true, number -> "changed", number -> false);
        RunView stopped = home.run();
        assertThat(waiting(stopped))
                .startsWith("The source has 150 records fewer than the last full run visited; allowed are 20 % of 300"
                        + " source records, and at least 20. Nothing was written.");
        assertThat(TrapHome.writes(stopped)).isEmpty();
        waiting(home.house().restart(stopped.run().id()));

        home.people(PEOPLE);
        assertThat(TrapHome.writes(done(home.house().restart(stopped.run().id()))))
                .isEmpty();
    }

    @Test
    void anApprovedShrinkDoesNotApproveTheDeletesThatFollow() {
        begun();
        home.people(PEOPLE / 2);
        RunView stopped = home.approve(home.run());
        assertThat(waiting(stopped)).contains("150 deletes and unlinks were planned");
        assertThat(home.accounts()).isEqualTo(PEOPLE);
        assertThat(home.trips(stopped))
                .extracting(trip -> trip.excess().guard())
                .containsExactly(Guard.SOURCE_SHRINK, Guard.DELETES);
        assertThat(done(home.approve(stopped)).counts().get(Measure.DELETED)).isEqualTo(150);
        // What ended well is what the next run is measured by.
        assertThat(TrapHome.writes(done(home.run()))).isEmpty();
    }

    @Test
    void onlyRunsOverTheSameQueryAreComparedWithEachOther() {
        begun();
        home.people(PEOPLE / 2);
        home.mapping("sourceQuery: 'number lt \"0010\"'\nrunTargetPhase: false\n");
        done(home.run());
    }

    @Test
    void anEmptySourceWaitsUntilItIsFilledOrApproved() {
        begun();
        home.people(0);
        RunView stopped = home.run();
        assertThat(waiting(stopped))
                .isEqualTo("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
        assertThat(home.trips(stopped))
                .extracting(trip -> trip.excess().guard())
                .containsExactly(Guard.EMPTY_SOURCE);
        RunView plannedAll = home.approve(stopped);
        assertThat(waiting(plannedAll)).contains("300 deletes and unlinks were planned");
        assertThat(done(home.approve(plannedAll)).counts().get(Measure.DELETED)).isEqualTo(PEOPLE);
        assertThat(home.accounts()).isZero();
    }

    @Test
    void nobodyIsAskedToApproveALookAtAnEmptySource() {
        begun();
        home.people(0);
        RunView looked = home.house().analyze(GuardedHome.MAPPING, "looked");
        assertThat(looked.run())
                .returns(RunState.FAILED, Run::state)
                .returns(null, Run::condition)
                .returns(
                        "Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.",
                        Run::message);
        assertThat(home.trips(looked)).isEmpty();
        assertThat(home.house().get(Approvals.class).waiting()).isEmpty();
    }

    @Test
    void whoAllowsAnEmptySourceIsStoppedByItsDeletesOnly() {
        begun();
        home.people(0);
        home.mapping("allowEmptySourceSet: true\n");
        assertThat(waiting(home.run())).contains("300 deletes and unlinks were planned");
    }

    @Test
    void updatesStopAfterThePageThatMakesThemTooMany() {
        begun();
        home.people(PEOPLE, number -> true, number -> "new" + number, number -> false);
        RunView stopped = home.run(Map.of(Guard.UPDATES, new Threshold.Count(50)));
        assertThat(waiting(stopped)).contains("allowed are 50").contains("What was done until then stays done.");
        long updated = stopped.counts().get(Measure.UPDATED);
        assertThat(updated).isBetween(51L, 50L + PAGE * THREADS);
        assertThat(home.trips(stopped).getFirst().excess().number()).isEqualTo(updated);
        // Without approval nothing more is done.
        RunView again = home.house().restart(stopped.run().id());
        waiting(again);
        assertThat(again.counts().get(Measure.UPDATED)).isEqualTo(updated);
        assertThat(done(home.approve(again)).counts().get(Measure.UPDATED)).isEqualTo(PEOPLE);
    }

    @Test
    void createsStopLikewiseByTheLimitOfTheInstallation() {
        home.people(2 * PEOPLE);
        home.mapping("feedSize: %d%ntaskThreads: %d%nthresholds: {creates: 10%%}%n".formatted(PAGE, THREADS));
        RunView stopped = home.run();
        assertThat(waiting(stopped)).contains("allowed are 10 % of 600 source records");
        assertThat(stopped.counts().get(Measure.CREATED)).isBetween(61L, 60L + PAGE * THREADS);
        assertThat(home.accounts()).isEqualTo(stopped.counts().get(Measure.CREATED));
        home.people(1200);
        home.mapping("feedSize: 100\n");
        RunView byInstallation = home.run();
        assertThat(waiting(byInstallation)).contains("targets created so far; allowed are 1,000.");
    }

    @Test
    void failuresStopARunAndApprovingThemLetsItFinish() {
        begun();
        home.people(PEOPLE, number -> true, number -> number % 2 == 0 ? "bad" : "n" + number, number -> false);
        RunView stopped = home.run();
        assertThat(waiting(stopped)).contains("records failed so far; allowed are 20 % of ", "ops, and at least 100.");
        assertThat(stopped.counts().failures()).isBetween(101L, 100L + PAGE * THREADS);
        RunView approved = done(home.approve(stopped));
        assertThat(approved.counts().failures()).isEqualTo(PEOPLE / 2);
    }

    @Test
    void percentagesOfFailuresCountAtTheEndOfAPhaseThatHasFewOps() {
        home.people(20, number -> true, number -> number < 3 ? "bad" : "n" + number, number -> false);
        RunView stopped = home.run(Map.of(Guard.FAILURES, new Threshold.Percent(10)));
        assertThat(waiting(stopped)).startsWith("3 records failed so far; allowed are 10 % of 20 ops.");
        assertThat(stopped.counts().get(Measure.CREATED)).isEqualTo(17);
    }

    @Test
    void aSelectionAndSingleIdsAreWatchedToo() {
        begun();
        leave(60);
        RunView selected = home.run(new RunRequest(GuardedHome.MAPPING, false, List.of(), "number lt \"0050\""));
        assertThat(waiting(selected)).contains("50 deletes and unlinks");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            ids.add("%04d".formatted(i));
        }
        RunView single = home.run(new RunRequest(GuardedHome.MAPPING, false, ids, null));
        assertThat(waiting(single)).contains("31 deletes and unlinks");
        assertThat(done(home.approve(single)).counts().get(Measure.DELETED)).isEqualTo(31);
    }

    @Test
    void anAnalysisIsNotStoppedAndTellsWhatWouldBe() {
        begun();
        home.people(PEOPLE, number -> number >= 70, number -> number % 2 == 0 ? "bad" : "n" + number, number -> false);
        RunView looked = done(home.house().analyze(GuardedHome.MAPPING, "looked"));
        assertThat(Guards.wouldTrip(looked))
                .extracting(excess -> excess.guard() + " " + excess.number())
                .containsExactly("SOURCE_SHRINK 70", "FAILURES 115", "DELETES 70");
        assertThat(home.trips(looked)).isEmpty();
        home.people(PEOPLE);
        assertThat(Guards.wouldTrip(done(home.house().analyze(GuardedHome.MAPPING, "looked-again"))))
                .isEmpty();
    }

    @Test
    void theLimitsOfARunAreThoseOfItsStart() {
        begun();
        leave(40);
        RunView stopped = home.run();
        assertThat(stopped.run().parameters().get(Guards.PARAMETER))
                .isEqualTo(Map.of(
                        "deletes", Map.of("limit", "10%", "atLeast", 20, "from", "default"),
                        "unlinks", Map.of("limit", "10%", "atLeast", 20, "from", "default"),
                        "updates", Map.of("limit", "none", "from", "default"),
                        "creates", Map.of("limit", 1000, "from", "installation"),
                        "failures", Map.of("limit", "20%", "atLeast", 100, "from", "default"),
                        "sourceShrink", Map.of("limit", "20%", "atLeast", 20, "from", "default")));
        assertThat(done(home.run(Map.of(Guard.DELETES, new Threshold.None())))
                        .counts()
                        .get(Measure.DELETED))
                .isEqualTo(40);
    }

    @Test
    void whatAnUndoWouldDeleteIsWatchedBeforeItBegins() {
        RunView first = begun();
        Undoing undoing = home.house().get(Undoing.class);
        home.house().nextId("undo");
        Run stopped = undoing.undo(new Undoing.Request(first.run().id(), false), House.ACTOR, RunListener.NONE);
        assertThat(stopped.condition()).as(stopped.message()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(stopped.message()).contains("300 deletes and unlinks were planned");
        assertThat(home.accounts()).isEqualTo(PEOPLE);
        RunView undone = done(home.approve(home.house().find(stopped.id()).orElseThrow()));
        assertThat(undone.counts().get(Measure.DELETED)).isEqualTo(PEOPLE);
        assertThat(home.accounts()).isZero();
    }

    @Test
    void whatAnUndoWouldUnlinkIsCountedBesideTargetsThatTheRunMadeForLinksOfBefore() {
        begun();
        JdbcTemplate jdbc = home.house().get(JdbcTemplate.class);
        // Links that lead nowhere, whose targets are made again, and accounts that have lost their links.
        jdbc.update("delete from \"managed_account\" where \"number\" < '0030'");
        jdbc.update("delete from link where first_id >= '0270'");
        home.mapping("  - {situation: MISSING, action: CREATE}\nthresholds: {deletes: none, unlinks: 0}\n");
        RunView run = done(home.run());
        assertThat(run.counts().get(Measure.CREATED)).isEqualTo(30);
        assertThat(run.counts().get(Measure.LINKS_CREATED)).isEqualTo(30);
        assertThat(run.counts().get(Measure.LINKS_REPOINTED)).isEqualTo(30);
        home.house().nextId("undo");
        Run stopped = home.house()
                .get(Undoing.class)
                .undo(new Undoing.Request(run.run().id(), false), House.ACTOR, RunListener.NONE);
        assertThat(stopped.condition()).as(stopped.message()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(stopped.message()).contains("30 unlinks were planned; allowed are 0.");
    }

    @Test
    void listenersHearOfGuardsThatTrip() {
        begun();
        leave(40);
        List<Guard> heard = new ArrayList<>();
        home.house().run(GuardedHome.MAPPING, "heard", new RunListener() {
            @Override
            public void tripped(Run run, Guard guard) {
                heard.add(guard);
            }
        });
        assertThat(heard).containsExactly(Guard.DELETES);
        assertThat(home.house().get(Trips.class).totals()).isEqualTo(Map.of("people", Map.of(Guard.DELETES, 1L)));
    }

    @Test
    void whatARunWaitsForGoesWithIt() {
        begun();
        leave(40);
        RunView stopped = home.run();
        List<Entry> planned = home.entries(stopped).stream()
                .filter(entry -> entry.outcome() == Outcome.PLANNED)
                .toList();
        assertThat(planned).hasSize(40);
        assertThat(stopped.counts(Phase.DELETES).get(Measure.OPS)).isZero();
        home.house().get(EndedRuns.class).forget(stopped.run(), House.ACTOR);
        assertThat(home.trips(stopped)).isEqualTo(List.<Trip>of());
    }
}
