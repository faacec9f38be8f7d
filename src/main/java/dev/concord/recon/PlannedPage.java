package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of the deletes step: ops that one segment of an earlier phase planned. Each is looked into again the way it
 * was come across, and done only if the same situation still gives the same action.
 */
final class PlannedPage extends Page {

    private final RunContext context;
    private final Phase origin;
    private final List<Entry> entries;

    /** @param origin the phase that planned the entries */
    PlannedPage(RunContext context, Phase origin, List<Entry> entries, @Nullable String lastKey) {
        super(Phase.DELETES, entries.size(), lastKey);
        this.context = context;
        this.origin = origin;
        this.entries = entries;
    }

    @Override
    List<Page> single() {
        return entries.stream()
                .map(entry -> (Page) new PlannedPage(context, origin, List.of(entry), lastKey()))
                .toList();
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        List<Op> found = pages(view).stream()
                .flatMap(page -> page.lookInto(view, verdicts).stream())
                .toList();
        List<Op> ops = new ArrayList<>();
        for (Entry entry : entries) {
            Op op = found.stream()
                    .filter(candidate -> OtherRun.isOf(candidate, entry))
                    .findFirst()
                    .orElseGet(() -> gone(entry));
            op.planned = entry;
            ops.add(op);
        }
        return ops;
    }

    private List<Page> pages(PageView view) {
        return switch (origin) {
            case SOURCE -> List.of(NamedPage.sources(context, sourceIds()));
            case TARGET -> List.of(targets(TargetPage.GoneTarget.VALID), targets(TargetPage.GoneTarget.NOT_VALID));
            case LINKS -> List.of(new LinkPage(context, NamedPage.links(entries, view), entries.size(), null));
            case DELETES -> throw new IllegalStateException("The deletes step plans nothing.");
        };
    }

    private Page targets(TargetPage.GoneTarget gone) {
        boolean valid = gone == TargetPage.GoneTarget.VALID;
        List<String> ids = entries.stream()
                .filter(entry -> (entry.situation() != Situation.TARGET_IGNORED) == valid)
                .map(entry -> String.valueOf(entry.targetId()))
                .distinct()
                .toList();
        return TargetPage.again(context, ids, gone);
    }

    private List<String> sourceIds() {
        return entries.stream()
                .map(entry -> String.valueOf(entry.sourceId()))
                .distinct()
                .toList();
    }

    /** What an entry becomes whose record, or whose link qualifier, is no longer there. */
    private Op gone(Entry entry) {
        Op op = new Op(origin, entry.qualifier(), entry.sourceId(), null, entry.targetId());
        op.action = entry.action();
        String message = "There is nothing left to do: the record is not what it was when this was planned.";
        if (context.run().kind() == RunKind.APPLY) {
            op.fail(Outcome.CHANGED, message, null);
        } else if (isSecondTry(entry)) {
            op.fail(Outcome.TARGET, entry.message() == null ? message : entry.message(), null);
        } else {
            op.message = message;
            op.outcome = Outcome.OBSOLETE;
        }
        return op;
    }

    /** Whether a planned op is a write that lost against a unique value, rather than a delete or unlink. */
    static boolean isSecondTry(Entry planned) {
        return planned.action() != null && !planned.action().isPlanned();
    }

    @Override
    void count(Op op, Counts counts) {
        Entry planned = Objects.requireNonNull(op.planned);
        counts.addOp(new Counts.OpKind(planned.situation(), planned.action(), Outcome.PLANNED), -1);
        if (op.became) {
            super.count(op, counts);
        } else {
            counts.addOp(new Counts.OpKind(planned.situation(), planned.action(), op.outcome), 1);
        }
    }
}
