package dev.concord.cli;

import dev.concord.guard.Guards;
import dev.concord.guard.Trips;
import dev.concord.ledger.Leases;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.run.DefinitionComparison;
import dev.concord.run.Holder;
import dev.concord.run.Reconciliations;
import dev.concord.run.WaitingRetries;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says who works at the moment and how the newest runs went; or how one run went, or how far it is.")
final class StatusCommand implements Callable<Integer> {

    private static final int NEWEST = 5;

    private final Shell shell;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id, or its beginning.")
    private @Nullable String id;

    @Mixin
    private JsonOption answer = new JsonOption();

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        if (id == null) {
            overview(reader);
        } else {
            one(reader.view(KnownRuns.find(shell, id)));
        }
        return ExitCode.DONE;
    }

    private void one(RunView view) {
        DefinitionComparison definition =
                shell.platform().get(Reconciliations.class).compareDefinition(view.run());
        if (answer.json) {
            Map<String, @Nullable Object> json = RunAnswer.json(shell, view, Instant.now());
            json.put("definition", DefinitionLines.json(definition));
            shell.screen().result(Json.writePretty(json));
            return;
        }
        RunAnswer.show(shell, view, false);
        if (view.run().parameters().containsKey(Guards.PARAMETER)) {
            shell.screen().result("");
            shell.screen().result(Guards.limitsOf(view.run()).words());
        }
        new TaskShares(shell.screen(), view).print();
        shell.screen().result("");
        shell.screen().result(DefinitionLines.of(definition));
    }

    private void overview(LedgerReader reader) {
        Screen screen = shell.screen();
        Map<String, Leases.Holder> holders =
                new TreeMap<>(shell.platform().get(Leases.class).holders());
        // A process that was killed on this machine keeps its lease for some seconds.
        holders.values().removeIf(holder -> Holder.isGone(holder.process()));
        List<Run> runs = shell.platform().get(Runs.class).newest(null, NEWEST);
        Trips trips = shell.platform().get(Trips.class);
        RunTable table = new RunTable(
                screen, reader, new TripLines(trips), run -> KnownRuns.isInterrupted(shell, run), Instant.now());
        List<WaitingRetries.Waiting> waiting =
                shell.platform().get(WaitingRetries.class).toCome();
        if (answer.json) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put(
                    "leases",
                    holders.entrySet().stream().map(StatusCommand::lease).toList());
            json.put("runs", table.json(runs));
            json.put("retries", waiting.stream().map(StatusCommand::retry).toList());
            screen.result(Json.writePretty(json));
            return;
        }
        holders.forEach((links, holder) -> screen.result(screen.paint(Ink.BOLD, "working") + "  run "
                + Readable.shortId(holder.runId()) + " on the links of " + links + ", in process " + holder.shown()));
        interrupted(runs, holders)
                .forEach(run -> screen.result(screen.paint(Ink.BAD, "interrupted") + "  run "
                        + Readable.shortId(run.id()) + " of " + run.mapping() + ": its process is gone. "
                        + shell.command("restart " + Readable.shortId(run.id())) + " goes on from where it stood."));
        trips.waiting()
                .forEach(run -> screen.result(screen.paint(Ink.BAD, "waiting") + "  run "
                        + Readable.shortId(run.runId()) + " of " + run.mapping() + ": "
                        + run.trips().stream().map(trip -> trip.excess().told()).collect(Collectors.joining(" "))
                        + " " + shell.command("approve " + Readable.shortId(run.runId())) + " goes on with it, "
                        + shell.command("deny " + Readable.shortId(run.runId())) + " drops it."));
        waiting.forEach(next -> screen.result(screen.paint(Ink.BOLD, "to come") + "  " + RetriesShown.told(next)));
        if (runs.isEmpty()) {
            screen.result("Nothing was run yet. " + shell.command("mappings") + " lists what can be.");
            return;
        }
        if (holders.isEmpty()) {
            screen.result("Nothing is running.");
        }
        screen.result("");
        table.print(runs);
    }

    private static List<Run> interrupted(List<Run> runs, Map<String, Leases.Holder> holders) {
        List<String> held = holders.values().stream().map(Leases.Holder::runId).toList();
        return runs.stream()
                .filter(run -> run.state() == RunState.ACTIVE && !held.contains(run.id()))
                .toList();
    }

    private static Map<String, String> lease(Map.Entry<String, Leases.Holder> lease) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("linkType", lease.getKey());
        json.put("run", lease.getValue().runId());
        json.put("process", lease.getValue().shown());
        return json;
    }

    private static Map<String, Object> retry(WaitingRetries.Waiting next) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mapping", next.mapping());
        json.put("failedOf", next.afterRun());
        json.putAll(next.json());
        return json;
    }
}
