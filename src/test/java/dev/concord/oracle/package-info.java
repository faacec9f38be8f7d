/**
 * Judges what runs left behind. {@link dev.concord.oracle.Oracle} compares an expectation (of an undisturbed run, or of
 * {@link dev.concord.model.Reference}) with targets, links and ledger, and counts what was lost, duplicated, made up,
 * is wrong, or cannot be explained. Every test that lets something go wrong ends with it.
 */
@NullMarked
package dev.concord.oracle;

import org.jspecify.annotations.NullMarked;
