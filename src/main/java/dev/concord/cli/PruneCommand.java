package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.record.Json;
import dev.concord.run.Retention;
import dev.concord.run.Retention.Pruned;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Takes away now what is kept of runs for long enough: entries first, later whole runs.",
        footer = {
            "",
            "Runs do so themselves at their end, and a server every hour. How long is long enough say",
            "concord.retention in application.yaml, and reconAssociation in a mapping."
        })
final class PruneCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", arity = "0..1", description = "Only runs of this mapping.")
    private @Nullable String mapping;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Mixin
    private JsonOption answer = new JsonOption();

    PruneCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Retention retention = shell.platform().get(Retention.class);
        List<Pruned> gone = retention.preview(mapping);
        if (!dryRun && !gone.isEmpty()) {
            note(gone);
            gone = retention.prune(mapping, () -> true);
        }
        Screen screen = shell.screen();
        if (answer.json) {
            screen.result(Json.writePretty(gone.stream().map(Pruned::json).toList()));
        } else if (gone.isEmpty()) {
            screen.say("Nothing is old enough.");
        } else {
            Table table = new Table(
                    screen,
                    Column.text("mapping"),
                    Column.word("kind"),
                    Column.figure(dryRun ? "would lose entries" : "lost entries"),
                    Column.figure(dryRun ? "would be forgotten" : "forgotten"));
            gone.forEach(one -> table.row(
                    Cell.of(Readable.harmless(one.mapping())),
                    Cell.of(one.kind()),
                    Cell.figure(one.entries()),
                    Cell.figure(one.runs())));
            table.print();
        }
        return ExitCode.DONE;
    }

    /** Before it is done, because it is done in many small transactions. */
    private void note(List<Pruned> going) {
        Deed deed = new Deed(AuditEvent.RUNS_PRUNED, null, mapping, null, null, Map.of());
        shell.platform()
                .get(AuditTrail.class)
                .addBefore(
                        Actor.ofCommand(),
                        deed.with("runs", going.stream().map(Pruned::json).toList()));
    }
}
