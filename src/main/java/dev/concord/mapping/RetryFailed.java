package dev.concord.mapping;

import java.time.Duration;

/**
 * How often the records that failed in a run are visited again, and when.
 *
 * @param attempts at the most; 0 for never
 * @param delay before the first
 * @param factor by which each delay is longer than the one before
 */
public record RetryFailed(int attempts, Duration delay, double factor) {

    public static final RetryFailed NEVER = new RetryFailed(0, Duration.ofMinutes(1), 2);

    /** Nobody waits longer. */
    static final Duration LONGEST = Duration.ofDays(1);

    /** How long to wait before an attempt, counted from 1; a day at the most. */
    public Duration before(int attempt) {
        double milliseconds = delay.toMillis() * Math.pow(factor, attempt - 1.0);
        return Duration.ofMillis((long) Math.min(milliseconds, LONGEST.toMillis()));
    }
}
