package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.mapping.Situation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Whether every partition shall end after the page it is at. */
    volatile boolean stopping;

    /** How many ids of each situation the ledger has got by now. */
    private final Map<Phase, Map<Situation, Integer>> noted = new ConcurrentHashMap<>();

    RunMemory(Run.Facts facts) {
        this.facts = facts;
    }

    void note(Phase phase, Map<Situation, List<String>> ids) {
        ids.forEach((situation, some) -> noted.computeIfAbsent(phase, p -> new ConcurrentHashMap<>())
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
