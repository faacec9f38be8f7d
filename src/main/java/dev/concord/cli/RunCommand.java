package dev.concord.cli;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a mapping once, in the foreground, and says what came of it.")
final class RunCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Option(names = "--analyze", description = "Only look: decide everything, report everything, write nothing.")
    private boolean analyze;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Visit only this source id, whether it exists or not. May be given several times.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "FILTER",
            description = "Visit only sources that this query filter selects, such as 'department eq \"Sales\"'.")
    private @Nullable String where;

    @Mixin
    private ThresholdOption thresholds = new ThresholdOption();

    @Mixin
    private JsonOption answer = new JsonOption();

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (!ids.isEmpty() && where != null) {
            throw new Refused("--id and --where exclude each other: name the records, or select them.");
        }
        RunRequest.Overrides overrides = new RunRequest.Overrides(null, null, null, null, thresholds.read());
        Reconciliations reconciliations = shell.platform().get(Reconciliations.class);
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = reconciliations.start(new RunRequest(mapping, analyze, ids, where, overrides), progress);
        }
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        return RunAnswer.give(shell, reader.view(run), answer.json);
    }
}
