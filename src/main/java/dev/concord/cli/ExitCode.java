package dev.concord.cli;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;

/** What a command answers to whoever called it. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Bad usage, or invalid definitions. */
    static final int MISUSED = 2;
    /** Done, but some records failed. */
    static final int RECORDS_FAILED = 3;
    /** A guard stopped it. */
    static final int GUARDED = 4;

    static final int ALREADY_RUNNING = 5;

    /** A plan has something to change; only where this was asked for. */
    static final int CHANGES = 6;

    private ExitCode() {}

    /** How a run ended, out of its ledger alone. */
    static int of(RunView view) {
        Run run = view.run();
        if (run.state() == RunState.SUCCESS) {
            return view.counts().failures() > 0 ? RECORDS_FAILED : DONE;
        }
        return run.condition() == RunCondition.WAITING_FOR_APPROVAL ? GUARDED : FAILED;
    }
}
