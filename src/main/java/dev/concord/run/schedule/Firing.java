package dev.concord.run.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time that a schedule fired.
 *
 * @param runId of the run that it becomes
 * @param fireTime when it was due
 * @param reason why it was skipped or failed, or null
 * @param recoverable whether its run is gone on with when the process dies
 */
public record Firing(
        String runId,
        String schedule,
        String mapping,
        Instant fireTime,
        State state,
        @Nullable String reason,
        boolean recoverable) {

    /** What became of it. */
    public enum State {
        /** For a mapping that has to run before, or for a server that takes it. */
        WAITING,
        STARTED,
        /** A run was at work already. The next firing comes as always. */
        SKIPPED,
        /** The mapping cannot be run. */
        FAILED
    }

    /** Whether there is a run of it, or will be. */
    public boolean hasRun() {
        return state == State.STARTED || state == State.WAITING;
    }

    Firing as(State next, @Nullable String why) {
        return new Firing(runId, schedule, mapping, fireTime, next, why, recoverable);
    }
}
