package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unit of work of a run, and the item of its batch steps: records that were read together and commit together. A
 * page only says what was read; each attempt at it looks everything up anew.
 */
abstract class Page {

    private final Phase phase;
    private final int records;
    private final @Nullable String lastKey;

    /**
     * @param phase the phase whose segment remembers the page
     * @param records how many records were read
     * @param lastKey how far the partition is once the page is committed
     */
    Page(Phase phase, int records, @Nullable String lastKey) {
        this.phase = phase;
        this.records = records;
        this.lastKey = lastKey;
    }

    final Phase phase() {
        return phase;
    }

    final int records() {
        return records;
    }

    final @Nullable String lastKey() {
        return lastKey;
    }

    /**
     * Finds out what can be known of the page's ops before they are decided one after the other: a few round trips for
     * the whole page, and the scripts that judge single records.
     */
    abstract List<Op> lookInto(PageView view, Verdicts verdicts);

    /** The page cut into pages of one record each. */
    abstract List<Page> single();

    /**
     * The page of its first records alone, at least one and not all; null when a partition can only be before the page
     * or behind it.
     */
    @Nullable
    Page first(int records) {
        return null;
    }

    /** What is left of the page once its partition is at a key; null when nothing is. */
    @Nullable
    Page behind(@Nullable String key) {
        return null;
    }

    /** Adds to a segment's counts what the page itself knows. */
    void count(Op op, Counts counts) {
        counts.addOp(new Counts.OpKind(situation(op), op.action, op.outcome), 1);
    }

    private static @Nullable Situation situation(Op op) {
        return op.assessment == null ? null : op.assessment.situation();
    }
}
