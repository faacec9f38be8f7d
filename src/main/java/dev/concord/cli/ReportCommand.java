package dev.concord.cli;

import dev.concord.ledger.EntryCounts;
import dev.concord.ledger.EntryGroups;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Shows the entries of a run: what was found, what was done, which attributes changed, what failed and why.",
        footer = {
            "",
            "What several options ask for holds together; of one that is repeated, any.",
            "json writes one JSON object a line, so that reports of any length can be piped on.",
            "Deletes and unlinks that were planned are shown by their outcome once the run is done."
        })
final class ReportCommand implements Callable<Integer> {

    enum Format {
        TABLE,
        JSON,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where entries go, one by one. */
    interface Writer extends AutoCloseable {

        void write(EntryView entry);

        @Override
        void close();
    }

    private static final int BETWEEN_LOOKS_AT_THE_READER = 100;

    private final Shell shell;

    @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.")
    private String id = "";

    @Mixin
    private EntryOptions wanted = new EntryOptions();

    @Option(
            names = "--group",
            description = "Only failures, those that are alike together: how many, and the ids of some.")
    private boolean group;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "Only numbers, by one of: ${COMPLETION-CANDIDATES}. Those by attribute, or of a selection"
                    + " that counts do not tell, are numbers of entries, the others of all that was looked at.")
    private EntryCounts.@Nullable By by;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: table).")
    private Format format = Format.TABLE;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private LimitOption limit = new LimitOption();

    ReportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (group && by != null) {
            throw new Refused("Ask for --group or for --by, not for both.");
        }
        Run run = KnownRuns.find(shell, id);
        LedgerReader ledger = shell.platform().get(LedgerReader.class);
        Format shown = json ? Format.JSON : format;
        if (by != null) {
            EntryCounts counts = counts(ledger, run, by);
            new CountReport(shell.screen(), run, counts).print(shown);
        } else if (group) {
            KnownRuns.checkEntries(run);
            EntryGroups groups = new EntryGroups();
            wanted.failures().each(ledger, run, (entry, document) -> {
                groups.add(entry);
                return true;
            });
            new GroupReport(shell.screen(), run, groups).print(shown, limit.most(shown == Format.TABLE));
        } else {
            KnownRuns.checkEntries(run);
            list(ledger, run, shown);
        }
        if (run.condition() != null && run.condition().isFinal()) {
            shell.screen().say("What stands as PLANNED was dropped: the run is " + run.condition() + ".");
        }
        return ExitCode.DONE;
    }

    private EntryCounts counts(LedgerReader ledger, Run run, EntryCounts.By what) {
        EntrySearch search = wanted.search();
        if (EntryCounts.areOfEntries(search, what)) {
            KnownRuns.checkEntries(run);
        }
        return EntryCounts.of(ledger, run, search, what);
    }

    private void list(LedgerReader ledger, Run run, Format shown) {
        long most = limit.most(shown == Format.TABLE);
        long found;
        try (Writer writer = writer(shown)) {
            found = write(ledger, run, writer, most);
        }
        if (found > most) {
            LimitOption.sayThereAreMore(shell.screen(), most);
        } else if (found == 0 && shown == Format.TABLE) {
            shell.screen().say("No entry of run " + Readable.shortId(run.id()) + " is like that.");
        }
    }

    private Writer writer(Format shown) {
        return switch (shown) {
            case TABLE -> new EntryTable(shell.screen());
            case JSON -> new EntryJsonLines(shell.screen());
            case CSV -> new EntryCsvLines(shell.screen());
        };
    }

    /** Writes the first entries that match, and answers how many there are, or one more than {@code most}. */
    private long write(LedgerReader ledger, Run run, Writer writer, long most) {
        long[] found = {0};
        wanted.search().each(ledger, run, (entry, document) -> {
            if (++found[0] > most) {
                return false;
            }
            writer.write(entry);
            return found[0] % BETWEEN_LOOKS_AT_THE_READER != 0
                    || !shell.screen().nobodyReads();
        });
        return found[0];
    }
}
