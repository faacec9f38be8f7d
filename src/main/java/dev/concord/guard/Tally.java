package dev.concord.guard;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;

/**
 * What a run has come to so far, as far as guards care. A value; each sum is a new one.
 *
 * @param visited source records
 * @param deletes ops that were planned before the deletes step, in a run that only looks those that would be done
 * @param unlinks likewise
 * @param failures without those that a rule wants, and those that were not done because the record has changed
 */
public record Tally(long visited, long ops, long failures, long updates, long creates, long deletes, long unlinks) {

    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0);

    /** These and what some segments of a phase counted. */
    public Tally plus(Phase phase, Counts counts) {
        return new Tally(
                visited + (phase == Phase.SOURCE ? counts.get(Measure.RECORDS) : 0),
                ops + counts.get(Measure.OPS),
                failures + counts.ops(Tally::isFailure),
                updates + counts.get(Measure.UPDATED),
                creates + counts.get(Measure.CREATED),
                deletes + planned(phase, counts, Action.DELETE),
                unlinks + planned(phase, counts, Action.UNLINK));
    }

    private static boolean isFailure(OpKind kind) {
        return switch (kind.outcome()) {
            case SCRIPT, DATA, TARGET, WITHHELD -> true;
            case SUCCESS, PLANNED, RULE, CHANGED, OBSOLETE -> false;
        };
    }

    private static long planned(Phase phase, Counts counts, Action action) {
        return phase == Phase.DELETES
                ? 0
                : counts.ops(kind -> kind.action() == action
                        && (kind.outcome() == Outcome.PLANNED || kind.outcome() == Outcome.SUCCESS));
    }
}
