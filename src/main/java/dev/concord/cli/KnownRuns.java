package dev.concord.cli;

import dev.concord.ledger.Run;
import dev.concord.ledger.Runs;

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
}
