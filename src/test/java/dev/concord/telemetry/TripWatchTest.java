package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.guard.Excess;
import dev.concord.guard.Trip.Decision;
import dev.concord.guard.Trip.Verdict;
import dev.concord.guard.Trips;
import dev.concord.ledger.Counts;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.mapping.Guard;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the figures when guards stop runs and people decide. */
class TripWatchTest extends OnPlatformDatabase {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Runs runs;
    private Trips trips;
    private Figures figures;
    private TripWatch watch;

    TripWatchTest() {
        super(Databases.H2);
    }

    @BeforeEach
    void beginToWatch() {
        database().jdbc().update("delete from guard_trip");
        runs = new Runs(database().jdbc());
        trips = new Trips(database().jdbc());
        figures = new Figures();
        watch = new TripWatch(trips, figures);
    }

    private void stop(String run, Guard guard, Instant when) {
        if (runs.find(run).isEmpty()) {
            runs.create(new Runs.NewRun(run, "hr", "hr", RunKind.FULL, false, Map.of(), Map.of(), "", 0, NOON));
        }
        trips.add(run, List.of(new Excess(guard, "deletes", 30, 100, "20")), when);
        runs.close(
                run,
                new Runs.Ending(
                        RunState.FAILED,
                        Stage.COMPLETED_FAILED,
                        RunCondition.WAITING_FOR_APPROVAL,
                        "Stopped.",
                        new Counts(),
                        when));
    }

    private void approve(String run, Instant when) {
        trips.decide(run, new Decision(Verdict.APPROVED, "ann", null, when));
        runs.reopen(run, Instant.now());
    }

    private OptionalDouble value(Meter meter, String... labels) {
        double[] values = figures.snapshots().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals(meter.base()))
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .filter(point -> point.getLabels().stream()
                        .map(label -> label.getValue())
                        .toList()
                        .containsAll(List.of(labels)))
                .mapToDouble(point -> switch (point) {
                    case CounterDataPointSnapshot counter -> counter.getValue();
                    case GaugeDataPointSnapshot gauge -> gauge.getValue();
                    default -> Double.NaN;
                })
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(java.util.Arrays.stream(values).sum());
    }

    @Test
    void aMappingThatNoGuardEverStoppedIsKnownAtZero() {
        watch.know(List.of("crm"));
        watch.look();
        assertThat(value(Meter.WAITING, "crm")).hasValue(0);
        assertThat(value(Meter.GUARD_TRIPPED, "crm", "sourceShrink")).hasValue(0);
    }

    @Test
    void eachTimeCountsOnceAndARunWaitsUntilSomebodyDecides() {
        watch.know(List.of("hr"));
        watch.look();
        stop("a", Guard.DELETES, NOON);
        watch.look();
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "deletes")).hasValue(1);
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "creates")).hasValue(0);
        assertThat(value(Meter.WAITING, "hr")).hasValue(1);
        approve("a", NOON.plusSeconds(60));
        watch.look();
        assertThat(value(Meter.WAITING, "hr")).hasValue(0);
        stop("a", Guard.DELETES, NOON.plusSeconds(120));
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "deletes")).hasValue(2);
        runs.finals().deny("a", "Denied.");
        watch.look();
        assertThat(value(Meter.WAITING, "hr")).hasValue(0);
    }

    @Test
    void whatTakesThePlaceOfAnUndecidedTripCountsToo() {
        watch.look();
        stop("a", Guard.DELETES, NOON);
        watch.look();
        runs.reopen("a", Instant.now());
        stop("a", Guard.DELETES, NOON.plusSeconds(60));
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "deletes")).hasValue(2);
    }

    @Test
    void aCounterDoesNotFallWhenRunsAreForgottenAndBeginsAtZeroWithTheServer() {
        stop("old", Guard.CREATES, NOON.minusSeconds(7200));
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "creates")).hasValue(0);
        assertThat(value(Meter.WAITING, "hr")).hasValue(1);
        stop("a", Guard.CREATES, NOON);
        watch.look();
        runs.forget("old");
        runs.forget("a");
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "creates")).hasValue(1);
        assertThat(value(Meter.WAITING, "hr")).hasValue(0);
        stop("b", Guard.CREATES, NOON.minusSeconds(30));
        watch.look();
        assertThat(value(Meter.GUARD_TRIPPED, "hr", "creates"))
                .as("by a clock that is behind")
                .hasValue(2);
    }
}
