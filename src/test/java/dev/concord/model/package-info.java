/**
 * The reference model: what a reconciliation does, told a second time record by record and in memory, to be checked by
 * reading. {@link dev.concord.model.Worlds} makes small random worlds, {@link dev.concord.model.Reference} says what
 * must come out of them, and whoever runs the real engine on the same worlds compares. Nothing here knows the product's
 * code.
 */
@NullMarked
package dev.concord.model;

import org.jspecify.annotations.NullMarked;
