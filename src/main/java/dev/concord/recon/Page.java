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
interface Page {

    /** The phase whose segment remembers the page. */
    Phase phase();

    /** How far the partition is once the page is committed. */
    @Nullable
    String lastKey();

    /** How many records were read. */
    int records();

    /**
     * Finds out what can be known of the page's ops before they are decided one after the other: a few round trips for
     * the whole page, and the scripts that judge single records.
     */
    List<Op> lookInto(PageView view, Verdicts verdicts);

    /** The page cut into pages of one record each. */
    List<Page> single();

    /** Adds to a segment's counts what the page itself knows. */
    default void count(Op op, Counts counts) {
        counts.addOp(new Counts.OpKind(situation(op), op.action, op.outcome), 1);
    }

    private static @Nullable Situation situation(Op op) {
        return op.assessment == null ? null : op.assessment.situation();
    }
}
