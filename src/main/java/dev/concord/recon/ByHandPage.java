package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of one record that somebody chose an action for: the page of its phase, and of its ops the one meant. */
record ByHandPage(Page page, ByHand wish, RunContext context) implements Page {

    @Override
    public Phase phase() {
        return page.phase();
    }

    @Override
    public @Nullable String lastKey() {
        return page.lastKey();
    }

    @Override
    public int records() {
        return page.records();
    }

    @Override
    public List<Page> single() {
        return List.of(this);
    }

    @Override
    public List<Op> lookInto(PageView view, Verdicts verdicts) {
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
