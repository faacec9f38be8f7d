package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.system.Write;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides pages as a whole: all look-ups of a page at once, its ops one after the other on what they see of each other,
 * and their writes in batches. Belongs to one thread.
 */
final class WholePages {

    private final RunContext context;
    private final Accounting accounting;

    WholePages(RunContext context, Accounting accounting) {
        this.context = context;
        this.accounting = accounting;
    }

    /** The ops of a page that was decided as a whole, and the view that holds what they want to write. */
    record Whole(List<Op> ops, List<long[]> handled, PageView view) {}

    /**
     * Decides all of a page without writing anything.
     *
     * @throws PageRepeat when it must be done record by record
     * @throws PageLeft when the run is ending
     */
    Whole decide(Page page) {
        ScriptObjects objects = new ScriptObjects(context, true);
        Verdicts verdicts = new Verdicts(context, objects);
        OpDecider decider = new OpDecider(context, verdicts);
        PageView view = new PageView(context.target(), context.links(), context.memory().presumption);
        List<Op> ops = new ArrayList<>();
        List<long[]> handled = new ArrayList<>();
        List<Op> found = page.lookInto(view, verdicts);
        objects.rethrow();
        for (Op op : found) {
            context.memory().leaveIfEnding();
            StagedEffects effects = new StagedEffects(context.looking());
            boolean reported = decider.decide(op, view, effects);
            objects.rethrow();
            checkPresumption(op);
            decider.tellFailure(op, objects);
            if (reported) {
                // A run that only looks sees none of its own effects, whatever the size of its pages.
                if (!op.failed() && !context.looking()) {
                    effects.applyTo(view);
                }
                ops.add(op);
                handled.add(accounting.handled(op, view));
            }
        }
        return new Whole(ops, handled, view);
    }

    /** What was not read must not be written; should it come to that, nobody may rely on presumptions. */
    private void checkPresumption(Op op) {
        if (op.presumed && (op.failed() || !op.effects.equals(List.of(Measure.UNCHANGED)))) {
            context.memory().presumption = null;
            throw new PageRepeat("A target was presumed to be as it should be, and then was to be changed.");
        }
    }

    /**
     * Writes what was decided.
     *
     * @throws PageRepeat when somebody else changed something of it meanwhile
     */
    void write(Whole whole, @Nullable Elsewhere elsewhere) {
        PageView view = whole.view();
        if (context.mapping().enableLinking()) {
            Traces.noteWaiting(whole.ops(), context.links());
        }
        context.links().remove(view.removedLinks());
        if (!context.links().repoint(view.repointedLinks())) {
            throw new PageRepeat("A link changed while it was looked at.");
        }
        // The uncommitted unique keys of the links are the claim to the targets.
        context.links().create(view.createdLinks());
        List<Write> writes = view.writes();
        context.memory().checkLease();
        if (elsewhere != null) {
            elsewhere.write(whole.ops(), writes);
        } else if (!writes.isEmpty()) {
            if (!Traces.note(whole.ops(), context.target().write(writes))) {
                throw new PageRepeat("A write of the page was not done.");
            }
        }
    }
}
