package dev.concord.mapping;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit of a guard: an absolute number of records, a percentage of a base that depends on the guard, or no limit at
 * all.
 */
public sealed interface Threshold {

    /** What is allowed, for messages. */
    String ALLOWED = "a number of records such as 20, a percentage such as \"5%\", or none";

    record Count(long records) implements Threshold {
        @Override
        public String text() {
            return Long.toString(records);
        }
    }

    /** @param percent from 0 to 100, with up to six decimals */
    record Percent(double percent) implements Threshold {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%");

        @Override
        public String text() {
            return exactly().stripTrailingZeros().toPlainString() + "%";
        }

        /** The percentage as it was written down. */
        public BigDecimal exactly() {
            return BigDecimal.valueOf(percent);
        }
    }

    record None() implements Threshold {
        @Override
        public String text() {
            return "none";
        }
    }

    /** As it can be written down: {@code 20}, {@code 5%}, {@code none}. */
    String text();

    /** What somebody wrote down, as a number or a text; empty when it is no threshold. */
    static Optional<Threshold> of(@Nullable Object written) {
        return switch (written) {
            case Integer count when count >= 0 -> Optional.of(new Count(count));
            case Long count when count >= 0 -> Optional.of(new Count(count));
            case String text -> ofText(text.strip());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Threshold> ofText(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("none")) {
            return Optional.of(new None());
        }
        Matcher percent = Percent.TEXT.matcher(text);
        if (percent.matches() && Double.parseDouble(percent.group(1)) <= 100) {
            return Optional.of(new Percent(Double.parseDouble(percent.group(1))));
        }
        return Optional.empty();
    }

    /** Likewise, where everything is a text, such as on a command line. */
    static Optional<Threshold> ofWord(String word) {
        String text = word.strip();
        return text.matches("[0-9]{1,18}") ? Optional.of(new Count(Long.parseLong(text))) : ofText(text);
    }
}
