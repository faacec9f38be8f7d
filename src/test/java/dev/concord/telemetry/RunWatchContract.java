package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunBoard;
import dev.concord.ledger.RunCounts;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.ledger.TargetCalls;
import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.ledger.Task;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of the figures when runs begin, go on, end, are continued and are deleted. */
abstract class RunWatchContract extends OnPlatformDatabase {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final Call WRITE = new Call("crm", Operation.WRITE, CallOutcome.SUCCESS);

    private JdbcTemplate jdbc;
    private Runs runs;
    private Watch watch;

    /** A watch and its figures, as a server has them. */
    private final class Watch {
        private final Figures figures = new Figures();
        private final RunWatch runs = new RunWatch(new RunBoard(jdbc), run -> new RunCounts(jdbc, run), figures);

        Watch look() {
            return look(NOON);
        }

        Watch look(Instant now) {
            runs.look(now);
            return this;
        }

        /** The sum of the numbers whose labels contain these values; empty when there are none. */
        OptionalDouble value(Meter meter, String... labels) {
            double[] values = figures.snapshots().stream()
                    .filter(snapshot -> snapshot.getMetadata().getName().equals(meter.base()))
                    .flatMapToDouble(snapshot -> values(snapshot, List.of(labels)))
                    .toArray();
            return values.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(java.util.Arrays.stream(values).sum());
        }

        private java.util.stream.DoubleStream values(MetricSnapshot snapshot, List<String> labels) {
            return snapshot.getDataPoints().stream()
                    .filter(point -> point.getLabels().stream()
                            .map(label -> label.getValue())
                            .toList()
                            .containsAll(labels))
                    .mapToDouble(point -> switch (point) {
                        case CounterSnapshot.CounterDataPointSnapshot counter -> counter.getValue();
                        case GaugeSnapshot.GaugeDataPointSnapshot gauge -> gauge.getValue();
                        case SummarySnapshot.SummaryDataPointSnapshot summary -> summary.getSum();
                        default -> Double.NaN;
                    });
        }

        /** How many calls of a target were counted; -1 when there is no such number. */
        long calls(String... labels) {
            return figures.snapshots().stream()
                    .filter(snapshot -> snapshot.getMetadata().getName().equals(Meter.TARGET_REQUESTS.base()))
                    .flatMap(snapshot -> ((SummarySnapshot) snapshot).getDataPoints().stream())
                    .filter(point -> point.getLabels().stream()
                            .map(label -> label.getValue())
                            .toList()
                            .containsAll(List.of(labels)))
                    .mapToLong(SummarySnapshot.SummaryDataPointSnapshot::getCount)
                    .findFirst()
                    .orElse(-1);
        }
    }

    RunWatchContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void beginToWatch() {
        jdbc = database().jdbc();
        runs = new Runs(jdbc);
        watch = new Watch();
    }

    @Test
    void aRunIsCountedPageByPageAndOnce() {
        watch.look();
        begin("a", RunKind.FULL, false, 10);
        page("a", 1, 3);
        watch.look();
        assertThat(watch.value(Meter.ACTIVE, "hr")).hasValue(1);
        assertThat(watch.value(Meter.EXPECTED, "hr", "source")).hasValue(10);
        assertThat(watch.value(Meter.RECORDS, "hr", "CONFIRMED")).hasValue(3);
        page("a", 2, 4);
        end("a", RunState.SUCCESS, 60);
        watch.look().look();
        assertThat(watch.value(Meter.RECORDS, "hr", "CONFIRMED")).hasValue(7);
        assertThat(watch.value(Meter.ACTIONS, "hr", "UPDATE", "SUCCESS")).hasValue(7);
        assertThat(watch.value(Meter.STAGES, "hr", "read")).hasValue(2);
        assertThat(watch.value(Meter.DONE, "hr", "source")).hasValue(7);
        assertThat(watch.value(Meter.RUNS, "hr", "full", "SUCCESS")).hasValue(1);
        assertThat(watch.value(Meter.ACTIVE, "hr")).hasValue(0);
        assertThat(watch.value(Meter.HEARTBEAT, "hr")).isEmpty();
        assertThat(watch.value(Meter.LAST_DURATION, "hr")).hasValue(60);
    }

    @Test
    void theTimeThatARunHadBeenEndedDoesNotCount() {
        watch.look();
        assertThat(watch.value(Meter.ACTIVE_TIME, "hr")).isEmpty();
        begin("a", RunKind.FULL, false, 10);
        watch.look(NOON.plusSeconds(90));
        assertThat(watch.value(Meter.ACTIVE_TIME, "hr")).hasValue(90);
        end("a", RunState.FAILED, 100);
        watch.look(NOON.plusSeconds(200));
        assertThat(watch.value(Meter.ACTIVE_TIME, "hr")).hasValue(0);
        runs.reopen("a", NOON.plusSeconds(3600));
        begin("b", RunKind.SINGLE, false, 1);
        watch.look(NOON.plusSeconds(3610));
        assertThat(watch.value(Meter.ACTIVE_TIME, "hr")).hasValue(110);
        end("a", RunState.SUCCESS, 3620);
        watch.look(NOON.plusSeconds(3630));
        assertThat(watch.value(Meter.ACTIVE_TIME, "hr")).as("only full runs").hasValue(0);
    }

    @Test
    void noMoreIsDoneThanWasExpected() {
        watch.look();
        begin("a", RunKind.FULL, false, 2);
        page("a", 1, 5);
        watch.look().look();
        assertThat(watch.value(Meter.EXPECTED, "hr", "source")).hasValue(5);
        begin("b", RunKind.FULL, false, 3);
        watch.look();
        assertThat(watch.value(Meter.EXPECTED, "hr", "source")).hasValue(3);
        assertThat(watch.value(Meter.DONE, "hr", "source")).hasValue(0);
    }

    @Test
    void aCounterDoesNotFallWhenRunsAreDeleted() {
        watch.look();
        begin("a", RunKind.FULL, false, 10);
        page("a", 1, 3);
        watch.look();
        jdbc.update("delete from segment");
        jdbc.update("delete from recon_run");
        watch.look();
        assertThat(watch.value(Meter.RECORDS, "hr", "CONFIRMED")).hasValue(3);
        assertThat(watch.value(Meter.ACTIVE, "hr")).hasValue(0);
    }

    @Test
    void whoBeginsToWatchKnowsTheLastRunsAndCountsFromZero() {
        begin("a", RunKind.FULL, false, 20);
        page("a", 1, 20);
        end("a", RunState.SUCCESS, 60);
        begin("b", RunKind.FULL, false, 12);
        page("b", 1, 5);
        end("b", RunState.FAILED, 30);
        watch.look();
        assertThat(watch.value(Meter.LAST_SUCCESS, "hr")).hasValue(seconds(60));
        assertThat(watch.value(Meter.LAST_SOURCES, "hr")).hasValue(12);
        assertThat(watch.value(Meter.PREVIOUS_SOURCES, "hr")).hasValue(20);
        assertThat(watch.value(Meter.LAST_DURATION, "hr")).hasValue(60);
        assertThat(watch.value(Meter.RECORDS, "hr")).hasValue(0);
        assertThat(watch.value(Meter.RUNS, "hr")).hasValue(0);
    }

    @Test
    void aRunThatIsContinuedAddsWhatItDoesNow() {
        begin("a", RunKind.FULL, false, 10);
        page("a", 1, 3);
        end("a", RunState.FAILED, 30);
        watch.look();
        runs.reopen("a", Instant.now());
        page("a", 2, 4);
        end("a", RunState.SUCCESS, 90);
        watch.look();
        assertThat(watch.value(Meter.RECORDS, "hr", "CONFIRMED")).hasValue(4);
        assertThat(watch.value(Meter.RUNS, "hr", "FAILED")).hasValue(0);
        assertThat(watch.value(Meter.RUNS, "hr", "SUCCESS")).hasValue(1);
    }

    @Test
    void whatWasPlannedCountsWhenItIsDone() {
        watch.look();
        begin("a", RunKind.FULL, false, 1);
        Counts planned = new Counts();
        planned.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.PLANNED), 1);
        segment("a", Phase.TARGET, 1, planned);
        watch.look();
        assertThat(watch.value(Meter.RECORDS, "hr")).hasValue(0);
        Counts done = new Counts();
        done.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.PLANNED), -1);
        done.addOp(new OpKind(Situation.UNQUALIFIED, Action.DELETE, Outcome.SCRIPT), 1);
        segment("a", Phase.DELETES, 1, done);
        watch.look();
        assertThat(watch.value(Meter.RECORDS, "hr", "UNQUALIFIED")).hasValue(1);
        assertThat(watch.value(Meter.ACTIONS, "hr", "DELETE", "FAILURE")).hasValue(1);
        assertThat(watch.value(Meter.SCRIPT_FAILURES, "hr")).hasValue(1);
    }

    @Test
    void whoeverOnlyLooksOrAsksForOneRecordDoesNotBringAMappingUpToDate() {
        watch.look();
        begin("a", RunKind.FULL, true, 10);
        page("a", 1, 3);
        end("a", RunState.SUCCESS, 60);
        begin("b", RunKind.SINGLE, false, 1);
        page("b", 1, 1);
        end("b", RunState.SUCCESS, 70);
        watch.look();
        assertThat(watch.value(Meter.LAST_SUCCESS, "hr")).isEmpty();
        assertThat(watch.value(Meter.LAST_SOURCES, "hr")).isEmpty();
        assertThat(watch.value(Meter.RUNS, "hr", "analysis", "SUCCESS")).hasValue(1);
        assertThat(watch.value(Meter.RUNS, "hr", "single", "SUCCESS")).hasValue(1);
        assertThat(watch.value(Meter.RECORDS, "hr")).hasValue(1);
    }

    @Test
    void callsOfATargetAreCountedOnceWhicheverProcessMakesThem() {
        watch.look();
        begin("a", RunKind.FULL, false, 10);
        TargetCalls one = new TargetCalls();
        one.add(WRITE, 2_000_000_000);
        one.add(WRITE, 1_000_000_000);
        keep(one, "a");
        watch.look().look();
        assertThat(watch.calls("crm", "write", "SUCCESS")).isEqualTo(2);
        assertThat(watch.calls("crm", "find", "UNAVAILABLE"))
                .as("known before it is counted")
                .isZero();
        TargetCalls other = new TargetCalls();
        other.add(WRITE, 500_000_000);
        keep(other, "a");
        keep(one, "a");
        end("a", RunState.SUCCESS, 60);
        watch.look().look();
        assertThat(watch.calls("crm", "write", "SUCCESS")).isEqualTo(3);
        assertThat(watch.value(Meter.TARGET_REQUESTS, "crm", "write", "SUCCESS"))
                .hasValue(3.5);
        runs.forget("a");
        watch.look();
        assertThat(watch.calls("crm", "write", "SUCCESS")).isEqualTo(3);
        assertThat(jdbc.queryForList("select * from target_call")).isEmpty();
    }

    @Test
    void callsFromBeforeTheWatchAreNotCounted() {
        begin("a", RunKind.FULL, false, 10);
        TargetCalls calls = new TargetCalls();
        calls.add(WRITE, 1);
        keep(calls, "a");
        end("a", RunState.FAILED, 30);
        begin("b", RunKind.FULL, false, 10);
        end("b", RunState.FAILED, 40);
        watch.look();
        assertThat(watch.calls("crm", "write", "SUCCESS")).isEqualTo(-1);
        runs.reopen("a", Instant.now());
        new Leases(jdbc, database().transaction()).acquire("hr", "a", "elsewhere:1", Leases.TERM, holder -> false);
        watch.look();
        calls.add(WRITE, 1);
        keep(calls, "a");
        watch.look();
        assertThat(watch.calls("crm", "write", "SUCCESS")).isOne();
    }

    private void keep(TargetCalls calls, String run) {
        calls.keep(jdbc, database().transaction(), run);
    }

    @Test
    void thousandsOfOldRunsCostNoMoreQuestionsThanAFew() {
        addOldRuns(0, 20);
        List<Integer> few = questions();
        addOldRuns(20, 5_000);
        assertThat(questions()).isEqualTo(few);
    }

    /** How many statements it takes to begin to watch, and to look again when nothing is new. */
    private List<Integer> questions() {
        AtomicInteger asked = new AtomicInteger();
        jdbc = new JdbcTemplate(ProxyDataSourceBuilder.create(database().dataSource())
                .afterQuery((execution, queries) -> asked.addAndGet(queries.size()))
                .build());
        Watch begun = new Watch();
        asked.set(0);
        begun.look();
        int first = asked.getAndSet(0);
        begun.look();
        assertThat(begun.value(Meter.LAST_SUCCESS)).isPresent();
        jdbc = database().jdbc();
        return List.of(first, asked.get());
    }

    /** Nightly runs of four mappings, every third of which failed; the newest succeeded. */
    private void addOldRuns(int from, int number) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = from; i < from + number; i++) {
            boolean good = i % 3 != 0 || i >= from + number - 4;
            Timestamp time = Timestamp.from(NOON.plusSeconds(i));
            rows.add(new Object[] {
                "old" + i,
                "mapping" + i % 4,
                "mapping" + i % 4,
                good ? "SUCCESS" : "FAILED",
                good ? "COMPLETED_SUCCESS" : "COMPLETED_FAILED",
                time,
                time
            });
        }
        jdbc.batchUpdate(
                "insert into recon_run (run_id, mapping, link_type, kind, analysis, parameters, closure, closure_hash,"
                        + " seed, state, stage, facts, started_at, ended_at)"
                        + " values (?, ?, ?, 'FULL', false, '{}', '{}', '', 0, ?, ?, '{\"sources\":10}', ?, ?)",
                rows);
    }

    private void begin(String id, RunKind kind, boolean analysis, long sources) {
        runs.create(new Runs.NewRun(id, "hr", "hr", kind, analysis, Map.of(), Map.of(), "", 0, NOON));
        runs.measure(id, new dev.concord.ledger.Run.Facts(sources, -1, -1));
    }

    /** A page of the source on which everybody is CONFIRMED, and that took a second to read. */
    private void page(String run, int number, long records) {
        Counts counts = new Counts();
        counts.addOp(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.SUCCESS), records);
        counts.add(Measure.RECORDS, records);
        counts.add(Task.READ, 1_000_000_000L);
        segment(run, Phase.SOURCE, number, counts);
    }

    private void segment(String run, Phase phase, int number, Counts counts) {
        jdbc.update(
                "insert into segment (run_id, phase, partition_no, segment_no, epoch, token, counts)"
                        + " values (?,?,0,?,1,'t',?)",
                run,
                phase.name(),
                number,
                counts.toJson());
    }

    private void end(String id, RunState state, int seconds) {
        Stage stage = state == RunState.SUCCESS ? Stage.COMPLETED_SUCCESS : Stage.COMPLETED_FAILED;
        runs.close(id, new Runs.Ending(state, stage, null, null, new Counts(), NOON.plusSeconds(seconds)));
    }

    private static double seconds(int after) {
        return NOON.plusSeconds(after).getEpochSecond();
    }
}
