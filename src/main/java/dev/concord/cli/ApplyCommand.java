package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.Plans;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Does exactly what a plan says. Records that would come to something else by now are left alone.",
        footer = {
            "",
            "A plan is applied once, with the definitions it was made with. An apply that failed or was stopped goes on.",
        })
final class ApplyCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "PLAN", description = "The plan's id, or its beginning.")
    private String id = "";

    @Mixin
    private JsonOption answer = new JsonOption();

    ApplyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Run plan = KnownRuns.find(shell, id);
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = shell.platform().get(Plans.class).apply(plan.id(), Actor.ofCommand(), progress);
        }
        return RunAnswer.give(shell, shell.platform().get(LedgerReader.class).view(run), answer.json);
    }
}
