package dev.concord.mapping;

import org.jspecify.annotations.Nullable;

/** Reads {@code retryFailed}. */
final class RetryReader {

    private static final int MOST_ATTEMPTS = 20;
    private static final int LARGEST_FACTOR = 10;

    private RetryReader() {}

    static RetryFailed read(@Nullable Fields fields) {
        if (fields == null) {
            return RetryFailed.NEVER;
        }
        return new RetryFailed(
                fields.number("attempts", 3, 0, MOST_ATTEMPTS),
                TimeoutReader.time(fields, "delay", RetryFailed.NEVER.delay()),
                factor(fields));
    }

    private static double factor(Fields fields) {
        Node node = fields.get("factor");
        if (node == null) {
            return RetryFailed.NEVER.factor();
        }
        if (node instanceof Node.Leaf leaf
                && leaf.value() instanceof Number number
                && number.doubleValue() >= 1
                && number.doubleValue() <= LARGEST_FACTOR) {
            return number.doubleValue();
        }
        fields.log().error(node, Quote.node(node) + " is no factor; allowed: a number from 1 to " + LARGEST_FACTOR);
        return RetryFailed.NEVER.factor();
    }
}
