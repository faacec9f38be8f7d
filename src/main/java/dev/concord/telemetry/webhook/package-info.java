/**
 * Tells other programs of runs. What is to be told is written down in the transaction that opens or closes the run, so
 * that no kill loses it; servers deliver it, signed, again and again until it is taken. Nothing personal is in it.
 */
@NullMarked
package dev.concord.telemetry.webhook;

import org.jspecify.annotations.NullMarked;
