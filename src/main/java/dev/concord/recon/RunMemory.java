package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.Segment;
import dev.concord.mapping.Situation;
import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the partitions of a run know in common. Everything here can be read from the ledger again; it is written when a
 * phase opens and only read while its partitions work.
 */
final class RunMemory {

    private static final long TELL_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    volatile Run.Facts facts;

    /** What earlier phases accounted for; null in the source phase. */
    volatile @Nullable Handled handled;

    /**
     * Whether there may be links under link qualifiers that the mapping no longer has, so that a target is not done
     * with when it is accounted for under all that it has.
     */
    volatile boolean otherQualifiers;

    /** Spares the source phase look-ups of targets; null when it has to look up all of them. */
    volatile @Nullable Presumption presumption;

    /** How many targets there are, when all of them are accounted for before any was looked for; else -1. */
    volatile long allTargets = -1;

    /** How many links there are, when all of them have targets that are accounted for; else -1. */
    volatile long allLinks = -1;

    /** Source records of this run that had no readable id. */
    volatile long unidentified;

    /** Unlinked source records of this run whose validity, qualifiers or correlation could not be found out. */
    volatile long unassessed;

    /**
     * Set once a script was seen to need the effects of earlier records of its page; pages then commit record by record
     * from the start.
     */
    volatile boolean recordByRecord;

    /** What went wrong first with databases and systems, and kept on: later trouble often only follows from it. */
    volatile @Nullable RuntimeException firstTrouble;

    /** What a part of the run has given up on the platform database with: nothing else of the run need ask it again. */
    volatile @Nullable RuntimeException givenUp;

    /** Whether every partition shall end as soon as it can. */
    volatile boolean stopping;

    /** Whether a part of the run has failed, so that the others need not go on. */
    volatile boolean failing;

    /** What an undo has written so far. */
    final Rewritten rewritten = new Rewritten();

    /** With what plans digest the values that they withhold. Set before the run begins. */
    volatile PlanKey planKey;

    /** Whether the run still has its lease. */
    private volatile LeaseWatch leaseWatch = LeaseWatch.NOBODY_ELSE;

    private final Lease lease;

    private final GuardWatch guards;

    /** When each trouble was written to the log last. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    /** How many ids of each situation the ledger has got by now. */
    private final Map<Phase, Map<Situation, Integer>> noted = new ConcurrentHashMap<>();

    RunMemory(Run.Facts facts, Lease lease, GuardWatch guards) {
        this.guards = guards;
        this.facts = facts;
        this.planKey = new PlanKey(new Crypto(Keys.NONE), null, false);
        this.lease = lease;
    }

    void watchLease(LeaseWatch watch) {
        leaseWatch = watch;
    }

    /** Throws when somebody else has the lease, or may have it and cannot be asked about; costs nothing otherwise. */
    void checkLease() {
        if (!leaseWatch.isHeld()) {
            throw new LeaseLost(lease);
        }
    }

    /**
     * Before something happens that no transaction of the platform database can take back. Throws when somebody else
     * has the lease, whatever this process still believes; costs one statement.
     */
    void askForLease() {
        if (!leaseWatch.isHeldAsked()) {
            throw new LeaseLost(lease);
        }
    }

    /** Whether nobody needs to wait for better times. */
    boolean isEnding() {
        return failing || stopping;
    }

    /** To be asked where a page is in hand and nothing is half done; throws {@link PageLeft} when the run is ending. */
    void leaveIfEnding() {
        if (isEnding()) {
            throw new PageLeft();
        }
    }

    /** Whether a trouble is worth a line in the log: ten partitions that meet the same are one piece of news. */
    boolean isToBeTold(String trouble) {
        long now = System.nanoTime();
        return told.merge(trouble, now, (last, next) -> next - last > TELL_AGAIN_NANOS ? next : last) == now;
    }

    /** A page was committed with this segment. */
    void note(Phase phase, Segment segment) {
        guards.add(phase, segment.counts());
        segment.firstIds()
                .forEach((situation, some) -> noted.computeIfAbsent(phase, p -> new ConcurrentHashMap<>())
                        .merge(situation, some.size(), Integer::sum));
    }

    boolean wantsIds(Phase phase, Situation situation) {
        return noted.getOrDefault(phase, Map.of()).getOrDefault(situation, 0) < RunHooks.IDS;
    }

    boolean isHandled(long hash) {
        Handled known = handled;
        return known != null && known.contains(hash);
    }
}
