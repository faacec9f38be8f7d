package dev.concord.run;

import dev.concord.ledger.Lease;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;

/**
 * A run that has its lease and its row, and waits to be worked on. Whoever has it must call {@link #work} or
 * {@link #giveUp}, from any thread and once; otherwise its heart beats for ever.
 */
record OpenRun(
        RunExecution execution,
        Run run,
        Mapping mapping,
        Definitions definitions,
        Lease lease,
        Heartbeat heartbeat,
        RunListener listeners) {

    /** Does the run in the calling thread, gives its lease back, and returns the run as it ended. */
    Run work(RunListener listener) {
        RunListener all = listener.and(listeners);
        Run ended;
        try (heartbeat) {
            ended = execution.work(run, mapping, definitions, lease, heartbeat, all);
        }
        all.ended(ended);
        return ended;
    }

    /** Gives the lease back without doing anything; a restart can do the run. */
    void giveUp() {
        heartbeat.close();
    }
}
