package dev.concord.mapping;

import java.util.OptionalInt;

/**
 * The settings that trade resources for speed.
 *
 * @param taskThreads partitions of a run that work at the same time on one node; 0 works through the source in its
 *     order, on one thread; empty for what suits the node
 * @param pageSize records a page, the unit that commits as one; 0 for what suits the records
 * @param prefetchLinks permission to load links ahead
 * @param clustered whether the partitions may run on all worker nodes
 */
public record Performance(OptionalInt taskThreads, int pageSize, boolean prefetchLinks, boolean clustered) {}
