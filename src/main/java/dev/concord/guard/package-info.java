/**
 * What keeps a run from doing harm that nobody meant: the limits that hold for it, the judgement whether one is
 * exceeded, and the memory of the times that one was, with what people decided then. Nothing is stopped here; whoever
 * works on a run asks.
 */
@NullMarked
package dev.concord.guard;

import org.jspecify.annotations.NullMarked;
