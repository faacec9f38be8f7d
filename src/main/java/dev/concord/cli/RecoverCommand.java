package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.EndedRuns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = "Closes a run whose process died, as failed, without continuing it.",
        footer = {"", "`restart` does that by itself, and goes on with the run."})
final class RecoverCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Mixin
    private JsonOption answer = new JsonOption();

    RecoverCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Run run = shell.platform().get(EndedRuns.class).recover(KnownRuns.find(shell, id), Actor.ofCommand());
        RunAnswer.show(shell, shell.platform().get(LedgerReader.class).view(run), answer.json);
        return ExitCode.DONE;
    }
}
