package dev.concord.run;

import java.time.Duration;

/**
 * A moment by two clocks: one that nobody sets, but that stands still while the machine sleeps, and one that goes on
 * then, but can be set.
 *
 * @param nanos of the clock that nobody sets
 * @param millis of the clock on the wall
 */
record Moment(long nanos, long millis) {

    static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    /** How long ago this was, at most: by the clock that says more. */
    Duration ago() {
        return until(now());
    }

    Duration until(Moment later) {
        Duration counted = Duration.ofNanos(later.nanos - nanos);
        Duration shown = Duration.ofMillis(later.millis - millis);
        return counted.compareTo(shown) > 0 ? counted : shown;
    }
}
