package dev.concord.cli;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Status;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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

    @Option(names = "--situation", paramLabel = "S", description = "Only these situations: ${COMPLETION-CANDIDATES}.")
    private Set<Situation> situations = EnumSet.noneOf(Situation.class);

    @Option(names = "--action", paramLabel = "A", description = "Only these actions: ${COMPLETION-CANDIDATES}.")
    private Set<Action> actions = EnumSet.noneOf(Action.class);

    @Option(names = "--status", paramLabel = "STATUS", description = "Only ${COMPLETION-CANDIDATES}.")
    private Set<Status> statuses = EnumSet.noneOf(Status.class);

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
        Run run = KnownRuns.find(shell, id);
        Format wanted = json ? Format.JSON : format;
        long most = limit.most(wanted == Format.TABLE);
        long found;
        try (Writer writer = writer(wanted)) {
            found = write(run, writer, most);
        }
        if (found > most) {
            LimitOption.sayThereAreMore(shell.screen(), most);
        } else if (found == 0 && wanted == Format.TABLE) {
            shell.screen().say("No entry of run " + Readable.shortId(run.id()) + " is like that.");
        }
        if (run.condition() == RunCondition.DENIED || run.condition() == RunCondition.SUPERSEDED) {
            shell.screen().say("What stands as PLANNED was dropped: the run is " + run.condition() + ".");
        }
        return ExitCode.DONE;
    }

    private Writer writer(Format wanted) {
        return switch (wanted) {
            case TABLE -> new EntryTable(shell.screen());
            case JSON -> new EntryJsonLines(shell.screen());
            case CSV -> new EntryCsvLines(shell.screen());
        };
    }

    /** Writes the first entries that match, and answers how many there are, or one more than {@code most}. */
    private long write(Run run, Writer writer, long most) {
        boolean hidePlanned = run.state() == RunState.SUCCESS && !statuses.contains(Status.PLANNED);
        long[] found = {0};
        shell.platform().get(LedgerReader.class).entries(run.id(), this::mayMatch, (segment, index, entry) -> {
            if (!matches(entry) || (hidePlanned && entry.outcome() == Outcome.PLANNED)) {
                return true;
            }
            if (++found[0] > most) {
                return false;
            }
            writer.write(new EntryView(run, segment, index, entry));
            return found[0] % BETWEEN_LOOKS_AT_THE_READER != 0
                    || !shell.screen().nobodyReads();
        });
        return found[0];
    }

    private boolean mayMatch(Counts counts) {
        return counts.ops().keySet().stream()
                .anyMatch(kind -> matches(kind.situation(), kind.action(), kind.outcome()));
    }

    private boolean matches(Entry entry) {
        return matches(entry.situation(), entry.action(), entry.outcome());
    }

    private boolean matches(@Nullable Situation situation, @Nullable Action action, Outcome outcome) {
        return (situations.isEmpty() || (situation != null && situations.contains(situation)))
                && (actions.isEmpty() || (action != null && actions.contains(action)))
                && (statuses.isEmpty() || statuses.contains(Status.of(outcome)));
    }
}
