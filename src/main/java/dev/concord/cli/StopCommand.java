package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.RunsAtWork;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a run at the end of the pages it is at, whichever process runs it, and waits for that.",
        footer = {"", "`restart` goes on from there. Ctrl-C and SIGTERM do the same to the run of a process."})
final class StopCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Option(names = "--no-wait", description = "Only ask it to stop.")
    private boolean noWait;

    @Mixin
    private JsonOption answer = new JsonOption();

    StopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Run run = KnownRuns.find(shell, id);
        RunsAtWork atWork = shell.platform().get(RunsAtWork.class);
        atWork.stop(run, Actor.ofCommand());
        Runs runs = shell.platform().get(Runs.class);
        boolean workedOn = true;
        while (!noWait && workedOn && run.state() == RunState.ACTIVE) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            workedOn = atWork.isWorkedOn(run);
            run = runs.find(run.id()).orElseThrow();
        }
        RunAnswer.show(shell, shell.platform().get(LedgerReader.class).view(run), answer.json);
        return ExitCode.DONE;
    }
}
