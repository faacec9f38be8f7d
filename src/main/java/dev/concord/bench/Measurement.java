package dev.concord.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one benchmark came to.
 *
 * @param records how many records the product worked through in {@code seconds}
 * @param floorSeconds what plain JDBC needed, the best of its runs; null when the benchmark has no floor
 * @param seconds what the run needed from its start to its end
 * @param startUpSeconds what its process needed before
 * @param peakHeapMb heap in use at most, garbage included
 * @param liveHeapMb heap in use at most after a collection
 * @param peakRssMb memory of the process at most; null where the system does not tell
 * @param stages seconds by stage of the run
 * @param tasks seconds of all its threads together, by what they were at
 * @param faults what should have happened and did not; empty when all proofs hold
 */
public record Measurement(
        String benchmark,
        long rows,
        String database,
        @Nullable Double floorSeconds,
        double seconds,
        double startUpSeconds,
        @Nullable Long peakHeapMb,
        @Nullable Long liveHeapMb,
        @Nullable Long peakRssMb,
        Map<String, Double> stages,
        Map<String, Double> tasks,
        List<String> faults) {

    /** How many times as long as the floor the product needs; null without a floor. */
    public @Nullable Double ratio() {
        return floorSeconds == null ? null : seconds / floorSeconds;
    }

    public double recordsPerSecond() {
        return rows / seconds;
    }

    public @Nullable Double floorRecordsPerSecond() {
        return floorSeconds == null ? null : rows / floorSeconds;
    }

    /** As {@code --json} shows it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("benchmark", benchmark);
        json.put("rows", rows);
        json.put("database", database);
        json.put("floorSeconds", rounded(floorSeconds));
        json.put("seconds", rounded(seconds));
        json.put("ratio", rounded(ratio()));
        json.put("recordsPerSecond", Math.round(recordsPerSecond()));
        json.put("peakHeapMb", peakHeapMb);
        json.put("liveHeapMb", liveHeapMb);
        json.put("peakRssMb", peakRssMb);
        json.put("startUpSeconds", rounded(startUpSeconds));
        json.put("stages", rounded(stages));
        json.put("tasks", rounded(tasks));
        json.put("ok", faults.isEmpty());
        json.put("faults", faults);
        return json;
    }

    private static Map<String, @Nullable Double> rounded(Map<String, Double> times) {
        Map<String, @Nullable Double> rounded = new LinkedHashMap<>();
        times.forEach((what, time) -> rounded.put(what, rounded(time)));
        return rounded;
    }

    private static @Nullable Double rounded(@Nullable Double number) {
        return number == null ? null : Math.round(number * 1000) / 1000.0;
    }
}
