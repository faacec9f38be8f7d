/**
 * Trouble on order. {@link dev.concord.testing.fault.FaultyObjectSet} stands before a real object set and does what a
 * {@link dev.concord.testing.fault.FaultPlan} says: fail, wait, reject objects or halt the whole JVM at a certain call.
 * {@link dev.concord.testing.fault.FaultyTransactions} does the same at a certain commit. A plan can be written as
 * text, so that a test can hand it to a process that it means to kill.
 */
@NullMarked
package dev.concord.testing.fault;

import org.jspecify.annotations.NullMarked;
