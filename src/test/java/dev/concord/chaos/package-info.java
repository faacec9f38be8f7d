/**
 * Long tests that kill processes. {@link dev.concord.chaos.Runner} is a process that runs a mapping and writes down
 * what it is at; a {@link dev.concord.chaos.Marathon} kills such processes at chosen and at random moments, one after
 * the other, proves that each was at work, and lets the oracle judge what is left.
 */
@NullMarked
package dev.concord.chaos;

import org.jspecify.annotations.NullMarked;
