package dev.concord.cli;

import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import java.time.Instant;

/** The answer of commands that ran something: the run, and the exit code that goes with it. */
final class RunAnswer {

    private RunAnswer() {}

    static int give(Shell shell, RunView view, boolean json) {
        show(shell, view, json);
        return ExitCode.of(view);
    }

    static void show(Shell shell, RunView view, boolean json) {
        Instant now = Instant.now();
        if (json) {
            shell.screen().result(Json.writePretty(view.json(now)));
        } else {
            new RunSummary(shell, view, now).print();
        }
    }
}
