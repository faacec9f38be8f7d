package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.run.DefinitionComparison;
import dev.concord.run.Reconciliations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Continues a run that failed, was stopped or was killed, from where it stood.")
final class RestartCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Mixin
    private JsonOption answer = new JsonOption();

    RestartCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        RunView before = reader.view(KnownRuns.find(shell, id));
        DefinitionComparison definition =
                shell.platform().get(Reconciliations.class).compareDefinition(before.run());
        if (!definition.same()) {
            shell.screen().say(DefinitionLines.warning(definition));
        }
        Run run;
        try (Progress progress =
                Progress.on(shell.screen(), phase -> before.counts(phase).get(Measure.RECORDS))) {
            run = shell.platform()
                    .get(Reconciliations.class)
                    .restart(before.run().id(), Actor.ofCommand(), progress);
        }
        return RunAnswer.give(shell, reader.view(run), answer.json);
    }
}
