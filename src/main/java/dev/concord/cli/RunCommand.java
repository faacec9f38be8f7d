package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.run.Plans;
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

    @Option(
            names = "--failed-of",
            paramLabel = "RUN",
            description = "Visit only the records that failed in this run, each from its own side.")
    private @Nullable String failedOf;

    @Option(
            names = "--with-rule-failures",
            description = "With --failed-of: also those that failed because a rule says EXCEPTION, or because they were"
                    + " not what a plan said.")
    private boolean withRuleFailures;

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
        if (failedOf != null && (!ids.isEmpty() || where != null)) {
            throw new Refused("--failed-of names the records; it goes neither with --id nor with --where.");
        }
        if (failedOf == null && withRuleFailures) {
            throw new Refused("--with-rule-failures goes with --failed-of RUN only.");
        }
        RunRequest.Overrides overrides = new RunRequest.Overrides(null, null, null, null, thresholds.read());
        if (failedOf != null && !overrides.thresholds().isEmpty()) {
            throw new Refused(
                    "--failed-of has the thresholds of the run whose failures it visits; leave --threshold out.");
        }
        Reconciliations reconciliations = shell.platform().get(Reconciliations.class);
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = failedOf == null
                    ? reconciliations.start(
                            new RunRequest(mapping, analyze, ids, where, overrides), Actor.ofCommand(), progress)
                    : again(KnownRuns.find(shell, failedOf), progress);
        }
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        int code = RunAnswer.give(shell, reader.view(run), answer.json);
        return code == ExitCode.RECORDS_FAILED ? RetriesShown.after(shell, run, answer.json) : code;
    }

    private Run again(Run failed, Progress progress) {
        return shell.platform()
                .get(Plans.class)
                .failedOf(
                        new Plans.FailedRequest(mapping, failed.id(), withRuleFailures, analyze),
                        Actor.ofCommand(),
                        progress);
    }
}
