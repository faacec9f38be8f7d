package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.run.Plans;
import dev.concord.run.RunRequest;
import dev.concord.run.plan.PlanPage;
import dev.concord.run.plan.PlanTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Plans what a run of a mapping would do, and shows it record by record. Nothing is changed.",
        footer = {
            "",
            "With a mapping, --id visits only these source ids; with --show it selects entries. What is selected is all"
                    + " that is shown; without a selection, what would change or fail.",
            "Exit codes of --detailed-exitcode: 0 nothing to change, 6 there are changes; otherwise those of run."
        })
final class PlanCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", arity = "0..1", description = "The name of the mapping.")
    private @Nullable String mapping;

    @Option(
            names = "--show",
            paramLabel = "RUN",
            description = "Shows a plan that was made, by its id or its beginning.")
    private @Nullable String shown;

    @Option(
            names = "--where",
            paramLabel = "FILTER",
            description = "Visit only sources that this query filter selects, such as 'department eq \"Sales\"'.")
    private @Nullable String where;

    @Option(names = "--detailed-exitcode", description = "Answer by the exit code whether there is anything to change.")
    private boolean detailed;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the plan to a file for browsers.")
    private @Nullable Path html;

    @Mixin
    private EntryOptions wanted = new EntryOptions();

    @Mixin
    private ThresholdOption thresholds = new ThresholdOption();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private JsonOption answer = new JsonOption();

    PlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if ((mapping == null) == (shown == null)) {
            throw new Refused("Name a mapping to plan it, or a plan with --show: one of both.");
        }
        if (where != null && (shown != null || !wanted.ids().isEmpty())) {
            throw new Refused("--where selects what is planned; it goes neither with --id nor with --show.");
        }
        RunView plan = shown == null ? make(String.valueOf(mapping)) : known(shown);
        if (plan.run().state() != RunState.SUCCESS) {
            RunAnswer.show(shell, plan, answer.json);
            return ExitCode.of(plan);
        }
        PlanTotals totals = PlanTotals.of(plan);
        review(plan, totals);
        if (html != null) {
            write(plan, html);
        }
        return detailed && (totals.hasChanges() || totals.failures() + totals.exceptions() == 0)
                ? totals.hasChanges() ? ExitCode.CHANGES : ExitCode.DONE
                : ExitCode.of(plan);
    }

    private RunView make(String name) {
        RunRequest.Overrides overrides = new RunRequest.Overrides(null, null, null, null, thresholds.read());
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = shell.platform()
                    .get(Plans.class)
                    .plan(new RunRequest(name, true, wanted.ids(), where, overrides), Actor.ofCommand(), progress);
        }
        return ledger().view(run);
    }

    private RunView known(String id) {
        Run run = KnownRuns.find(shell, id);
        KnownRuns.checkEntries(run);
        if (!run.analysis()) {
            throw new Refused("Run " + Readable.shortId(run.id()) + " is no plan: it changed things itself. `"
                    + shell.command("report " + Readable.shortId(run.id())) + "` shows what it did.");
        }
        return ledger().view(run);
    }

    private LedgerReader ledger() {
        return shell.platform().get(LedgerReader.class);
    }

    private void review(RunView plan, PlanTotals totals) {
        long most = limit.most(!answer.json);
        PlanReview review = answer.json ? new PlanJson(shell, plan, totals) : new PlanText(shell, plan, totals, most);
        review.begin();
        long[] found = {0};
        Predicate<Entry> interesting = interesting();
        EntrySearch search = wanted.search();
        search.each(ledger(), plan.run(), (entry, document) -> {
            if (interesting.test(entry.entry())) {
                if (++found[0] > most) {
                    return false;
                }
                review.entry(entry);
            }
            return true;
        });
        review.end(found[0] > most);
    }

    private Predicate<Entry> interesting() {
        return wanted.isGiven() ? entry -> true : PlanTotals::isWorthShowing;
    }

    private void write(RunView plan, Path file) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            new PlanPage(plan, ledger(), PlanPage.USUAL_MOST).write(wanted.search(), interesting(), writer);
        } catch (IOException | UncheckedIOException e) {
            throw new Refused("The page cannot be written to " + file + ": " + e.getMessage()
                    + ". Name a file in a folder that exists.");
        }
        shell.screen().say("Written to " + file + ".");
    }

    /** Shows a plan. */
    interface PlanReview {

        void begin();

        void entry(EntryView entry);

        /** @param more whether there are entries that were not shown */
        void end(boolean more);
    }
}
