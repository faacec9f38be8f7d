package dev.concord.cli;

import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.run.plan.PlanTotals;
import java.time.Instant;

/** A plan for people: what it comes to, what would change record by record, and what to do with it. */
final class PlanText implements PlanCommand.PlanReview {

    private final Shell shell;
    private final Screen screen;
    private final RunView plan;
    private final PlanTotals totals;
    private final long most;
    private final EntryTable table;
    private boolean any;
    private boolean incomparable;

    PlanText(Shell shell, RunView plan, PlanTotals totals, long most) {
        this.shell = shell;
        this.screen = shell.screen();
        this.plan = plan;
        this.totals = totals;
        this.most = most;
        this.table = new EntryTable(screen);
    }

    @Override
    public void begin() {
        Run run = plan.run();
        long sources = plan.counts(Phase.SOURCE).get(Measure.RECORDS);
        screen.result(screen.paint(Ink.BOLD, run.mapping()) + ": planned in "
                + Readable.duration(plan.duration(Instant.now())) + ", "
                + Readable.count(sources, "source record", "source records")
                + screen.paint(Ink.FAINT, "  (plan " + Readable.shortId(run.id()) + ", " + Words.of(run.kind()) + ")"));
        screen.result(screen.paint(Ink.BOLD, totals.words()));
        if (!totals.guards().isEmpty()) {
            screen.result(screen.paint(Ink.BAD, "A run that does this would stop and wait for approval:"));
            totals.guards().forEach(guard -> screen.result("  " + screen.paint(Ink.BAD, guard)));
        }
    }

    @Override
    public void entry(EntryView entry) {
        if (!any) {
            screen.result("");
        }
        any = true;
        incomparable |= PlanTotals.isIncomparable(entry.entry());
        table.write(entry);
    }

    @Override
    public void end(boolean more) {
        table.close();
        if (totals.hasChanges()) {
            String apply = shell.command("apply " + Readable.shortId(plan.run().id()));
            screen.result("");
            screen.result("  " + apply + "   " + screen.paint(Ink.FAINT, "do exactly this"));
        }
        if (incomparable) {
            screen.say(
                    "Plans keep no sensitive values. Without a key for digests of them, apply refuses the records that"
                            + " change such values: see docs/secrets.md.");
        }
        if (more) {
            LimitOption.sayThereAreMore(screen, most);
        }
    }
}
