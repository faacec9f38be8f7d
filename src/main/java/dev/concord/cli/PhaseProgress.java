package dev.concord.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a phase is at one moment.
 *
 * @param before records that were done before this process began, when a run is continued
 * @param done records done so far, {@code before} included
 * @param expected records there are to do, or -1 when nobody knows
 */
record PhaseProgress(String name, long before, long done, long expected, long failures, Duration elapsed) {

    private static final Duration TOO_SHORT = Duration.ofMillis(200);

    /** Records a second, or 0 when it is too early to tell. */
    double rate() {
        return elapsed.compareTo(TOO_SHORT) < 0 ? 0 : (done - before) * 1e9 / elapsed.toNanos();
    }

    boolean knowsTheEnd() {
        return expected > 0;
    }

    /** From 0 to 1; only when the end is known. */
    double share() {
        return Math.min(1, (double) done / expected);
    }

    int percent() {
        return (int) (share() * 100);
    }

    String doneOfExpected() {
        return Readable.number(done) + (knowsTheEnd() ? "/" + Readable.number(Math.max(done, expected)) : "");
    }

    String rateInWords() {
        double rate = rate();
        return rate <= 0
                ? ""
                : (rate < 10 ? String.format(Locale.ROOT, "%.1f", rate) : Readable.number(Math.round(rate)))
                        + " records/s";
    }

    /** How long the rest will take at this rate; empty when that cannot be told. */
    String restInWords() {
        double rate = rate();
        if (!knowsTheEnd() || rate <= 0 || done >= expected) {
            return "";
        }
        return "ETA " + Readable.duration(Duration.ofSeconds((long) Math.ceil((expected - done) / rate)));
    }

    String failuresInWords() {
        return failures == 0 ? "" : Readable.number(failures) + " failed";
    }
}
