/** Counts what becomes of the firings of schedules. */
@NullMarked
package dev.concord.telemetry.schedule;

import org.jspecify.annotations.NullMarked;
