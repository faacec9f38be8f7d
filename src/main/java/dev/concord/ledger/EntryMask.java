package dev.concord.ledger;

import java.util.function.UnaryOperator;

/**
 * Masks in entries what may not be shown any more: a run withholds what is sensitive while it writes, and what is
 * declared so later stands in the entries it has written before. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface EntryMask {

    /** Shows entries as they were written. */
    EntryMask NONE = run -> UnaryOperator.identity();

    /** What becomes of the entries of a run, for one reading of them. */
    UnaryOperator<Entry> of(Run run);
}
