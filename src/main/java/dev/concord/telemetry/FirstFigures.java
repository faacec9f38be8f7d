package dev.concord.telemetry;

import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Status;
import dev.concord.ledger.Task;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;

/** All that can be counted of a mapping, at zero: the first step of a counter that was not there is not seen. */
final class FirstFigures {

    private FirstFigures() {}

    static void of(String mapping, Figures figures) {
        figures.set(Meter.ACTIVE, 0, mapping);
        for (RunState state : RunState.values()) {
            if (state != RunState.ACTIVE) {
                figures.know(Meter.RUNS, mapping, "analysis", state.name());
                for (RunKind kind : RunKind.values()) {
                    figures.know(Meter.RUNS, mapping, RunWatch.word(kind), state.name());
                }
            }
        }
        for (Situation situation : Situation.values()) {
            figures.know(Meter.RECORDS, mapping, situation.name());
        }
        for (Action action : Action.values()) {
            figures.know(Meter.ACTIONS, mapping, action.name(), Status.SUCCESS.name());
            figures.know(Meter.ACTIONS, mapping, action.name(), Status.FAILURE.name());
        }
        figures.know(Meter.ACTIONS, mapping, "UNKNOWN", Status.FAILURE.name());
        for (Task task : Task.values()) {
            figures.know(Meter.STAGES, mapping, task.key());
        }
        figures.know(Meter.SCRIPT_FAILURES, mapping);
        figures.know(Meter.CHUNK_RETRIES, mapping);
    }
}
