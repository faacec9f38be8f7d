package dev.concord.mapping;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code thresholds}: a number of records or a percentage per guard. */
final class ThresholdReader {

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%");
    private static final Map<String, Guard> KEYS = Map.of(
            "deletes", Guard.DELETES,
            "unlinks", Guard.UNLINKS,
            "updates", Guard.UPDATES,
            "creates", Guard.CREATES,
            "failures", Guard.FAILURES,
            "sourceShrink", Guard.SOURCE_SHRINK);

    private ThresholdReader() {}

    static Map<Guard, Threshold> read(@Nullable Fields fields) {
        Map<Guard, Threshold> thresholds = new EnumMap<>(Guard.class);
        if (fields == null) {
            return thresholds;
        }
        for (String key : Shape.THRESHOLDS.keys()) {
            Node node = fields.get(key);
            Guard guard = KEYS.get(key);
            Threshold threshold = node == null ? null : threshold(node, fields.log());
            if (threshold != null && guard != null) {
                thresholds.put(guard, threshold);
            }
        }
        return thresholds;
    }

    private static @Nullable Threshold threshold(Node node, FaultLog log) {
        if (node instanceof Node.Leaf leaf) {
            Object value = leaf.value();
            if (value instanceof Integer count && count >= 0) {
                return new Threshold.Count(count);
            }
            Matcher percent = PERCENT.matcher(value instanceof String text ? text.strip() : "");
            if (percent.matches() && Double.parseDouble(percent.group(1)) <= 100) {
                return new Threshold.Percent(Double.parseDouble(percent.group(1)));
            }
        }
        log.error(
                node,
                Quote.node(node)
                        + " is no threshold; allowed: a number of records such as 20, or a percentage such as \"5%\"");
        return null;
    }
}
