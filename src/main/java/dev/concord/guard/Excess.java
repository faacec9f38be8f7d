package dev.concord.guard;

import dev.concord.mapping.Guard;

/**
 * More of something than a guard allows.
 *
 * @param subject what was counted, such as {@code deletes and unlinks}
 * @param number how many of it
 * @param base what a percentage is of
 * @param limit what is allowed, in words
 */
public record Excess(Guard guard, String subject, long number, long base, String limit) {

    public static final Excess EMPTY_SOURCE =
            new Excess(Guard.EMPTY_SOURCE, "source records", 0, 0, "none without allowEmptySourceSet");

    /** What happened, in a sentence, without values of records. */
    public String told() {
        String allowed = "; allowed are " + limit + ".";
        String count = Limit.number(number) + " " + subject;
        return switch (guard) {
            case DELETES, UNLINKS -> count + " were planned" + allowed;
            case UPDATES, CREATES -> count + " so far" + allowed;
            case FAILURES -> count + " so far" + allowed;
            case SOURCE_SHRINK -> "The source has " + count + " than the last full run visited" + allowed;
            case EMPTY_SOURCE -> "Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.";
        };
    }
}
