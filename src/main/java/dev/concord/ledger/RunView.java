package dev.concord.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run and what its ledger has come to, as it was read at one moment.
 *
 * @param phases has every phase
 */
public record RunView(Run run, Map<Phase, PhaseTotals> phases) {

    /** The counts of all phases together. */
    public Counts counts() {
        Counts sum = new Counts();
        phases.values().forEach(phase -> sum.add(phase.counts()));
        return sum;
    }

    public Counts counts(Phase phase) {
        PhaseTotals totals = phases.get(phase);
        return totals == null ? new Counts() : totals.counts();
    }

    /** How long pages were at each task, those of all phases together. */
    public Map<Task, PageTimes> tasks() {
        Map<Task, PageTimes> sum = new EnumMap<>(Task.class);
        phases.values()
                .forEach(phase -> phase.tasks().forEach((task, times) -> sum.merge(task, times, PageTimes::plus)));
        return sum;
    }

    /**
     * From the start to the end, or to {@code now} while the run is active, without the time that it had been ended
     * before it was continued.
     */
    public Duration duration(Instant now) {
        Instant end = run.ended();
        return Duration.between(run.started(), end == null ? now : end).minus(run.breaks());
    }

    /** The run in the shape that PingIDM gives it, and what Concord adds to it. */
    public Map<String, @Nullable Object> json(Instant now) {
        return new RunJson(this).object(now);
    }

    /** What PingIDM's reports say of a run above its entries: whose they are, and when the run ended. */
    public static Map<String, @Nullable Object> header(Run run) {
        return RunJson.header(run);
    }
}
