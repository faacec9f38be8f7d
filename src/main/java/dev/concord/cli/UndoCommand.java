package dev.concord.cli;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.Undoing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = "Takes back what a run did to targets and links, newest first, and says what came of it.",
        footer = {
            "",
            "It is a run of its own, which can be restarted and taken back in turn. A record that was changed since",
            "is left as it is and listed."
        })
final class UndoCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Option(names = "--analyze", description = "Only look: say what would be taken back, write nothing.")
    private boolean analyze;

    @Mixin
    private JsonOption answer = new JsonOption();

    UndoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Undoing.Request request = new Undoing.Request(KnownRuns.find(shell, id).id(), analyze, ActionAnswer.user());
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = shell.platform().get(Undoing.class).undo(request, progress);
        }
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        return RunAnswer.give(shell, reader.view(run), answer.json);
    }
}
