package dev.concord.script.plain;

/**
 * From where on a call is for the engine, which knows what exactly a script may do.
 *
 * @param work values looked at, functions called, and pieces of texts built
 * @param textLength characters of a text a script builds
 */
public record PlainLimits(long work, int textLength) {

    private static final int MOST_WORK = 1_000_000;

    public PlainLimits {
        work = Math.min(work, MOST_WORK);
    }
}
