package dev.concord.cli;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.Approvals;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deny",
        mixinStandardHelpOptions = true,
        description = "Says no to what a guard stopped a run for: the run never goes on, what it planned is dropped.",
        footer = {"", "What it has done until then stays done."})
final class DenyCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with the run.")
    private @Nullable String why;

    @Mixin
    private JsonOption answer = new JsonOption();

    DenyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Run run = shell.platform()
                .get(Approvals.class)
                .deny(KnownRuns.find(shell, id).id(), ActionAnswer.user(), why);
        RunAnswer.show(shell, shell.platform().get(LedgerReader.class).view(run), answer.json);
        return ExitCode.DONE;
    }
}
