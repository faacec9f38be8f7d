package dev.concord.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one committed page appends.
 *
 * @param lastKey how far its partition is now; null in segment 0, and at the end of an empty partition
 * @param handled hashes of the (target key, link qualifier) pairs that the page's ops accounted for
 * @param entries report lines
 */
public record Segment(@Nullable String lastKey, Counts counts, long[] handled, List<Entry> entries) {}
