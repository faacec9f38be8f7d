package dev.concord.guard;

import dev.concord.mapping.Threshold;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a guard allows in one run.
 *
 * @param atLeast so many are allowed whatever a percentage comes to
 */
public record Limit(Threshold threshold, long atLeast, Origin origin) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public static final Limit NONE = new Limit(new Threshold.None(), 0, Origin.DEFAULT);

    /** The most that is allowed, in records. {@code base} is what a percentage is of. */
    public long allowed(long base) {
        return switch (threshold) {
            case Threshold.None none -> Long.MAX_VALUE;
            case Threshold.Count count -> Math.max(atLeast, count.records());
            case Threshold.Percent percent ->
                Math.max(
                        atLeast,
                        BigDecimal.valueOf(Math.max(0, base))
                                .multiply(percent.exactly())
                                .divideToIntegralValue(HUNDRED)
                                .longValueExact());
        };
    }

    /** Whether there is a number of records, however unlikely, of which this allows more than another limit. */
    boolean mayBeWiderThan(Limit other) {
        return switch (threshold) {
            case Threshold.None none -> !(other.threshold instanceof Threshold.None);
            case Threshold.Count count ->
                switch (other.threshold) {
                    case Threshold.None none -> false;
                    case Threshold.Count least -> allowed(0) > other.allowed(0);
                    case Threshold.Percent percent -> count.records() > 0;
                };
            case Threshold.Percent percent ->
                switch (other.threshold) {
                    case Threshold.None none -> false;
                    case Threshold.Count count -> percent.percent() > 0;
                    case Threshold.Percent usual -> percent.percent() > usual.percent() || atLeast > other.atLeast;
                };
        };
    }

    boolean isPercentage() {
        return threshold instanceof Threshold.Percent;
    }

    /**
     * Such as {@code 10 % (at least 20)}.
     *
     * @param more what else is to be said of the least
     */
    String words(String more) {
        return switch (threshold) {
            case Threshold.None none -> "none";
            case Threshold.Count count -> number(count.records());
            case Threshold.Percent percent ->
                percent(percent) + (atLeast == 0 ? "" : " (at least " + number(atLeast) + more + ")");
        };
    }

    /** Such as {@code 10 % of 1,000 links, and at least 20}. */
    String words(long base, String unit) {
        return threshold instanceof Threshold.Percent percent
                ? percent(percent) + " of " + number(Math.max(0, base)) + " " + unit
                        + (atLeast == 0 ? "" : ", and at least " + number(atLeast))
                : words("");
    }

    private static String percent(Threshold.Percent percent) {
        return percent.text().replace("%", " %");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("limit", threshold instanceof Threshold.Count count ? (Object) count.records() : threshold.text());
        if (atLeast > 0) {
            json.put("atLeast", atLeast);
        }
        json.put("from", origin.key());
        return json;
    }

    /** What {@link #json} wrote. */
    static Limit of(Map<?, ?> json) {
        return new Limit(
                Threshold.of(json.get("limit")).orElseThrow(),
                json.get("atLeast") instanceof Number number ? number.longValue() : 0,
                Origin.valueOf(String.valueOf(json.get("from")).toUpperCase(Locale.ROOT)));
    }
}
