/**
 * The memory of runs: one row a run, the lease that keeps a second run of the same links away, and the segments that
 * pages append in their own transaction. Where a run stands, what it did and what it counted is read out of the
 * segments and nowhere else.
 */
@NullMarked
package dev.concord.ledger;

import org.jspecify.annotations.NullMarked;
