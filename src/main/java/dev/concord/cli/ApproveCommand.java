package dev.concord.cli;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.run.Approvals;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Allows what a guard stopped a run for, and goes on with the run in the foreground.",
        footer = {
            "",
            "What is allowed is as much as the guard told of. Should it turn out to be more, the run waits again.",
            "`status RUN` says what it waits for, `report RUN --status PLANNED` what it would do."
        })
final class ApproveCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with the run.")
    private @Nullable String why;

    @Mixin
    private JsonOption answer = new JsonOption();

    ApproveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        RunView before = reader.view(KnownRuns.find(shell, id));
        Run run;
        try (Progress progress =
                Progress.on(shell.screen(), phase -> before.counts(phase).get(Measure.RECORDS))) {
            run = shell.platform().get(Approvals.class).approve(before.run().id(), ActionAnswer.user(), why, progress);
        }
        return RunAnswer.give(shell, reader.view(run), answer.json);
    }
}
