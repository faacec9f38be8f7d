package dev.concord.ledger;

import dev.concord.mapping.Situation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one committed page appends.
 *
 * @param lastKey how far its partition is now; null in segment 0, and at the end of an empty partition
 * @param handled hashes of the (target key, link qualifier) pairs that the page's ops accounted for
 * @param entries report lines
 * @param firstIds some ids of each situation, for runs at whose end somebody is told the first ones; source ids in the
 *     source phase, target ids in the others
 */
public record Segment(
        @Nullable String lastKey,
        Counts counts,
        long[] handled,
        List<Entry> entries,
        Map<Situation, List<String>> firstIds) {

    public Segment(@Nullable String lastKey, Counts counts, long[] handled, List<Entry> entries) {
        this(lastKey, counts, handled, entries, Map.of());
    }
}
