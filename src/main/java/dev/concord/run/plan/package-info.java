/**
 * What a plan looks like before it is applied: its totals in words, which guards it would trip, and a page for browsers
 * with the differences of each record. Everything is read from the ledger of the run that looked; a page is written
 * while it is read, so that a million entries never sit in memory.
 */
@NullMarked
package dev.concord.run.plan;

import org.jspecify.annotations.NullMarked;
