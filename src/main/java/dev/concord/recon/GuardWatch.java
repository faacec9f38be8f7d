package dev.concord.recon;

import dev.concord.guard.Excess;
import dev.concord.guard.Guards;
import dev.concord.guard.SourceBefore;
import dev.concord.guard.Tally;
import dev.concord.guard.Trips;
import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunLedger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one run with its guards: adds up what its partitions commit, and stops the run by throwing when that is
 * more than is allowed. Runs that only look are not stopped by what they find. Safe for use by several threads.
 */
final class GuardWatch {

    private static final String NOTHING_WRITTEN = "Nothing was written.";
    private static final String NOTHING_DELETED = "Nothing was deleted.";
    private static final String STAYS = "What was done until then stays done.";

    private final Run run;
    private final RunLedger ledger;
    private final Trips trips;
    private final SourceBefore before;
    private final boolean watching;

    private Guards guards;
    private Tally tally = Tally.NOTHING;
    private @Nullable GuardTripped last;

    GuardWatch(Run run, RunLedger ledger, Trips trips, SourceBefore before) {
        this.run = run;
        this.ledger = ledger;
        this.trips = trips;
        this.before = before;
        this.watching = !run.analysis() && Guards.watch(run.kind());
        this.guards = Guards.of(run, Map.of());
    }

    /** How many source records a full run should find; -1 when nobody knows, or needs to. */
    long sourcesBefore() {
        return run.kind() == RunKind.FULL ? before.of(run) : -1;
    }

    /** Begins to watch, or begins again: what was done before the run was interrupted counts. */
    synchronized void begin(Run.Facts facts) {
        guards = new Guards(run.kind(), facts, Guards.limitsOf(run), trips.approved(run.id()));
        Tally sum = Tally.NOTHING;
        if (watching) {
            for (Phase phase : Phase.values()) {
                sum = sum.plus(phase, ledger.counts(phase));
            }
        }
        tally = sum;
    }

    /** A page was committed. */
    synchronized void add(Phase phase, Counts page) {
        if (watching) {
            tally = tally.plus(phase, page);
        }
    }

    /** A page was committed by an attempt that did not hear of it. */
    PartitionPosition heardOf(PartitionPosition committed) {
        add(committed.partition().phase(), ledger.countsOf(committed));
        return committed;
    }

    /** The source is empty, and the mapping does not allow that. */
    synchronized void emptySource() {
        if (!guards.isEmptySourceApproved()) {
            stop(List.of(Excess.EMPTY_SOURCE), NOTHING_WRITTEN);
        }
    }

    /** The source was counted, and nothing has begun. */
    synchronized void sourceCounted(long sources) {
        if (watching) {
            stop(guards.sourceShrink(sources).stream().toList(), NOTHING_WRITTEN);
        }
    }

    /** A page was committed, and the next one is not begun. */
    synchronized void betweenPages() {
        if (watching) {
            stop(guards.onTheWay(tally, false), STAYS);
        }
    }

    /** All source records were visited; others phases may be over, too. */
    synchronized void phaseOver() {
        if (watching) {
            stop(guards.sourceShrink(tally.visited()).stream().toList(), NOTHING_DELETED);
            stop(guards.onTheWay(tally, true), STAYS);
        }
    }

    /** What a run has done is about to be taken back: targets that it created go, and links that it made. */
    synchronized void beforeUndo(Counts undone) {
        if (watching) {
            long deletes = undone.get(Measure.CREATED);
            long unlinks = undone.get(Measure.LINKS_TO_EXISTING);
            stop(guards.deletes(new Tally(0, 0, 0, 0, 0, deletes, unlinks)), NOTHING_WRITTEN);
        }
    }

    /** All is planned, and nothing of it done. */
    synchronized void beforeDeletes() {
        phaseOver();
        if (watching) {
            stop(guards.deletes(tally), NOTHING_DELETED);
        }
    }

    /** What stopped the run, once all its partitions have come to the end of their pages. */
    synchronized @Nullable GuardTripped last() {
        return last;
    }

    private void stop(List<Excess> excesses, String done) {
        if (!excesses.isEmpty()) {
            last = new GuardTripped(run.id(), excesses, done);
            throw last;
        }
    }
}
