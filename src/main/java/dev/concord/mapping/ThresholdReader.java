package dev.concord.mapping;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code thresholds}: a number of records, a percentage or {@code none} per guard. */
final class ThresholdReader {

    private ThresholdReader() {}

    static Map<Guard, Threshold> read(@Nullable Fields fields) {
        Map<Guard, Threshold> thresholds = new EnumMap<>(Guard.class);
        if (fields == null) {
            return thresholds;
        }
        for (Guard guard : Guard.WITH_THRESHOLD) {
            Node node = fields.get(guard.key());
            Threshold threshold = node == null ? null : threshold(node, fields.log());
            if (threshold != null) {
                thresholds.put(guard, threshold);
            }
        }
        return thresholds;
    }

    private static @Nullable Threshold threshold(Node node, FaultLog log) {
        Optional<Threshold> threshold = node instanceof Node.Leaf leaf ? Threshold.of(leaf.value()) : Optional.empty();
        if (threshold.isEmpty()) {
            log.error(node, Quote.node(node) + " is no threshold; allowed: " + Threshold.ALLOWED);
        }
        return threshold.orElse(null);
    }
}
