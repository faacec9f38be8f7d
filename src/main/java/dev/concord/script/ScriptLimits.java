package dev.concord.script;

import java.time.Duration;

/**
 * How much one call of a script may use. Whoever uses more is stopped, and only that call fails.
 *
 * @param statements statements executed
 * @param time time spent in the script itself; what {@code openidm.*} takes is not counted
 * @param depth calls nested in each other; less where the calls need much of the thread's stack
 * @param allocation bytes allocated by the script's thread. Looked at every few milliseconds, so a script may get some
 *     tens of megabytes further. Not known for virtual threads, where the other limits have to do
 * @param textLength characters of a string a script builds; strings that come from records may be longer
 * @param elements elements of a list that a script works on
 * @param values values in a result, or in what a script hands to {@code openidm.*} or puts into one of its variables
 * @param objectCalls calls of {@code openidm.*}
 * @param logLines lines written through {@code logger}; further ones are dropped
 */
public record ScriptLimits(
        long statements,
        Duration time,
        int depth,
        long allocation,
        int textLength,
        int elements,
        int values,
        int objectCalls,
        int logLines) {

    /** Far above what a mapping needs: 10 million statements, 5 seconds, 250 nested calls, 256 MB allocated. */
    public static final ScriptLimits DEFAULT = new ScriptLimits(
            10_000_000, Duration.ofSeconds(5), 250, 256L << 20, 1_000_000, 1_000_000, 100_000, 10_000, 100);

    public ScriptLimits {
        if (statements < 1
                || time.isNegative()
                || time.isZero()
                || depth < 1
                || allocation < 1
                || textLength < 1
                || elements < 1
                || values < 1
                || objectCalls < 0
                || logLines < 0) {
            throw new IllegalArgumentException("Limits of scripts must be above zero.");
        }
    }
}
