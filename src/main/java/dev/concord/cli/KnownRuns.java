package dev.concord.cli;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.RunsAtWork;

/** Finds the run that somebody means. */
final class KnownRuns {

    private KnownRuns() {}

    static Run find(Shell shell, String id) {
        return shell.platform()
                .get(Runs.class)
                .find(id)
                .orElseThrow(() -> new Refused("There is no run " + Readable.harmless(id) + ", or several begin so. `"
                        + shell.command("runs") + "` lists them."));
    }

    /** Whether a run was never closed although no process works on it any more. */
    static boolean isInterrupted(Shell shell, Run run) {
        return run.state() == RunState.ACTIVE
                && !shell.platform().get(RunsAtWork.class).isWorkedOn(run);
    }

    /** Throws {@link Refused} when the entries of a run are not there any more. */
    static void checkEntries(Run run) {
        if (run.entriesDropped() != null) {
            throw new Refused("The entries of run " + Readable.shortId(run.id()) + " are gone since "
                    + Readable.time(run.entriesDropped()) + ": they are kept for a while only, see docs/running.md."
                    + " What it counted is still there: `status " + Readable.shortId(run.id())
                    + "`, or `report --by`.");
        }
    }
}
