package dev.concord.cli;

import dev.concord.guard.Trips;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists runs, the newest first.")
final class RunsCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", arity = "0..1", description = "Only runs of this mapping.")
    private @Nullable String mapping;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at the most (default: ${DEFAULT-VALUE}; 0: all).")
    private int limit = 20;

    @Mixin
    private JsonOption answer = new JsonOption();

    RunsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Screen screen = shell.screen();
        List<Run> runs = shell.platform().get(Runs.class).newest(mapping, limit <= 0 ? Integer.MAX_VALUE : limit);
        RunTable table = new RunTable(
                screen,
                shell.platform().get(LedgerReader.class),
                new TripLines(shell.platform().get(Trips.class)),
                run -> KnownRuns.isInterrupted(shell, run),
                Instant.now());
        if (answer.json) {
            screen.result(Json.writePretty(table.json(runs)));
        } else if (runs.isEmpty()) {
            screen.say(
                    mapping == null
                            ? "No mapping was run yet."
                            : "There is no run of " + Readable.harmless(mapping) + ".");
        } else {
            table.print(runs);
        }
        return ExitCode.DONE;
    }
}
