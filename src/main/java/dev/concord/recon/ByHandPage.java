package dev.concord.recon;

import dev.concord.ledger.Outcome;
import java.util.List;

/** The page of one record that somebody chose an action for: the page of its phase, and of its ops the one meant. */
final class ByHandPage extends Page {

    private final Page page;
    private final ByHand wish;
    private final RunContext context;

    ByHandPage(Page page, ByHand wish, RunContext context) {
        super(page.phase(), page.records(), page.lastKey());
        this.page = page;
        this.wish = wish;
        this.context = context;
    }

    @Override
    List<Page> single() {
        return List.of(this);
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        List<Op> ops = page.lookInto(view, verdicts);
        List<Op> meant = ops.stream()
                .filter(op -> op.qualifier.isEmpty() || op.qualifier.equals(wish.qualifier()))
                .toList();
        return meant.isEmpty() ? List.of(nothing(ops)) : meant;
    }

    private Op nothing(List<Op> others) {
        String targetId = wish.sourceId() == null ? wish.targetId() : null;
        Op op = new Op(page.phase(), wish.qualifier(), wish.sourceId(), null, targetId);
        String why = others.isEmpty() && targetId != null
                ? "There is no object " + targetId + " in " + context.target().name()
                        + "; a record whose target is gone is named by its source."
                : "The record has nothing to do with the link qualifier " + wish.qualifier() + ".";
        op.fail(Outcome.DATA, why, null);
        return op;
    }
}
