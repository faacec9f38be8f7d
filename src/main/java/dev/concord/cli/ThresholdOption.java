package dev.concord.cli;

import dev.concord.mapping.Guard;
import dev.concord.mapping.Threshold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --threshold}: limits of guards for one run. */
final class ThresholdOption {

    @Option(
            names = "--threshold",
            paramLabel = "GUARD=LIMIT",
            description = "Another limit for this run, such as deletes=50, failures=5%% or updates=none. May be given"
                    + " several times. Guards: deletes, unlinks, updates, creates, failures, sourceShrink.")
    private List<String> thresholds = new ArrayList<>();

    Map<Guard, Threshold> read() {
        Map<Guard, Threshold> read = new EnumMap<>(Guard.class);
        for (String text : thresholds) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals).strip();
            Guard guard = Guard.ofKey(key)
                    .orElseThrow(() -> new Refused("There is no guard " + Readable.harmless(key) + " in --threshold "
                            + Readable.harmless(text) + "; allowed: "
                            + Guard.WITH_THRESHOLD.stream()
                                    .map(one -> one.key() + "=LIMIT")
                                    .collect(Collectors.joining(", "))
                            + "."));
            read.put(
                    guard,
                    Threshold.ofWord(text.substring(equals + 1))
                            .filter(threshold -> equals >= 0)
                            .orElseThrow(() -> new Refused("--threshold " + Readable.harmless(text)
                                    + " has no limit that can be understood; allowed: " + Threshold.ALLOWED + ".")));
        }
        return read;
    }
}
