package dev.concord.cli;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunComparison;
import dev.concord.ledger.Runs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares two runs of a mapping: numbers, times, definitions, failures, and which records they"
                + " decided differently.",
        footer = {
            "",
            "Records are compared as far as the runs kept entries of them: an analysis does of all.",
            "csv writes the records alone."
        })
final class CompareCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "The earlier run's id, or its beginning.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "The later run's.")
    private String after = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: table).")
    private ReportCommand.Format format = ReportCommand.Format.TABLE;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private LimitOption limit = new LimitOption();

    CompareCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Run first = KnownRuns.find(shell, before);
        Run second = KnownRuns.find(shell, after);
        ReportCommand.Format shown = json ? ReportCommand.Format.JSON : format;
        try (RunComparison comparison = comparison(first, second)) {
            new ComparisonReport(shell.screen(), comparison)
                    .print(shown, limit.most(shown == ReportCommand.Format.TABLE));
        }
        return ExitCode.DONE;
    }

    private RunComparison comparison(Run first, Run second) {
        try {
            return RunComparison.of(
                    shell.platform().get(LedgerReader.class), shell.platform().get(Runs.class), first, second);
        } catch (IllegalArgumentException impossible) {
            throw new Refused(String.valueOf(impossible.getMessage()));
        }
    }
}
