package dev.concord.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition is: what a run continues from, after a restart as well as between two pages.
 *
 * @param partition its range of the phase, as its segment 0 says
 * @param segmentNumber of the last segment
 * @param lastKey how far the store was read, or null for the beginning of the range
 */
public record PartitionPosition(
        Partition partition, int segmentNumber, @Nullable String lastKey) {}
