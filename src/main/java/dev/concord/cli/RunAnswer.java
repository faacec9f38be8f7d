package dev.concord.cli;

import dev.concord.guard.Trips;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.WaitingRetries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            shell.screen().result(Json.writePretty(json(shell, view, now)));
            return;
        }
        new RunSummary(shell, view, KnownRuns.isInterrupted(shell, view.run()), now).print();
        List<String> decisions = trips(shell).decided(view.run());
        if (!decisions.isEmpty()) {
            shell.screen().result("");
            shell.screen().result(decisions);
        }
        waiting(shell, view).ifPresent(next -> {
            shell.screen().result("");
            shell.screen().result(RetriesShown.told(next));
        });
    }

    /** The run with what guards said of it, and when its failures are visited again. */
    static Map<String, @Nullable Object> json(Shell shell, RunView view, Instant now) {
        Map<String, @Nullable Object> json = view.json(now);
        json.put("interrupted", KnownRuns.isInterrupted(shell, view.run()));
        json.put("trips", trips(shell).json(view.run()));
        waiting(shell, view).ifPresent(next -> json.put("waitingRetry", next.json()));
        return json;
    }

    private static Optional<WaitingRetries.Waiting> waiting(Shell shell, RunView view) {
        return shell.platform().get(WaitingRetries.class).behind(view.run());
    }

    private static TripLines trips(Shell shell) {
        return new TripLines(shell.platform().get(Trips.class));
    }
}
