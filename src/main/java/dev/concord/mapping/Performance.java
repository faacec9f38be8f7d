package dev.concord.mapping;

/**
 * The settings that trade resources for speed.
 *
 * @param taskThreads partitions of a run that work at the same time on one node; 0 works through the source in its
 *     order, on one thread
 * @param pageSize records a page, the unit that commits as one; 0 for what suits the records
 * @param prefetchLinks permission to load links ahead
 * @param clustered whether the partitions may run on all worker nodes
 */
public record Performance(int taskThreads, int pageSize, boolean prefetchLinks, boolean clustered) {}
