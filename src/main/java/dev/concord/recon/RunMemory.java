package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.Run;
import org.jspecify.annotations.Nullable;

/**
 * What the partitions of a run know in common. Everything here can be read from the ledger again; it is written when a
 * phase opens and only read while its partitions work.
 */
final class RunMemory {

    volatile Run.Facts facts;

    /** What earlier phases accounted for; null in the source phase. */
    volatile @Nullable Handled handled;

    /**
     * Whether there may be links under link qualifiers that the mapping no longer has, so that a target is not done
     * with when it is accounted for under all that it has.
     */
    volatile boolean otherQualifiers;

    /** Source records of this run that had no readable id. */
    volatile long unidentified;

    /** Unlinked source records of this run whose validity, qualifiers or correlation could not be found out. */
    volatile long unassessed;

    /**
     * Set once a script was seen to need the effects of earlier records of its page; pages then commit record by record
     * from the start.
     */
    volatile boolean recordByRecord;

    RunMemory(Run.Facts facts) {
        this.facts = facts;
    }

    boolean isHandled(long hash) {
        Handled known = handled;
        return known != null && known.contains(hash);
    }
}
