package dev.concord.recon;

import java.time.Duration;

/**
 * How much trouble with databases and systems a run puts up with before it fails.
 *
 * @param attempts how often a piece of work is tried at the most
 * @param within after this time since the first attempt no third one is begun, unless only other transactions were in
 *     the way: a system that is down is not waited for much longer, however slowly it says so
 * @param longestPause pauses between attempts double until they are so long
 */
public record Patience(int attempts, Duration within, Duration longestPause) {

    public static final Patience USUAL = new Patience(8, Duration.ofSeconds(60), Duration.ofSeconds(5));

    private static final long FIRST_PAUSE_MILLIS = 100;

    /** How long to wait before the next attempt, at the most; some of it is left to chance. */
    Duration pauseAfter(int attempt) {
        long doubled = FIRST_PAUSE_MILLIS << Math.min(attempt, 20);
        return Duration.ofMillis(Math.min(doubled, longestPause.toMillis()));
    }
}
