package dev.concord.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one benchmark came to.
 *
 * @param rows how many records there were
 * @param floorSeconds what plain JDBC needed, the best of its runs; null when the benchmark has no floor
 * @param seconds what the run needed from its start to its end; null when it could not be measured, as all that follows
 * @param warmSeconds what a run needed in a process that had done such runs before, the best of several; null when that
 *     was not measured
 * @param startUpSeconds what its process needed before
 * @param peakHeapMb heap in use at most, garbage included
 * @param liveHeapMb heap in use at most after a collection
 * @param peakRssMb memory of the process at most; null where the system does not tell
 * @param growth how many times as long this took as a tenth of the records; null where that was not measured
 * @param stages seconds by stage of the run
 * @param tasks seconds of all its threads together, by what they were at
 * @param faults what should have happened and did not; empty when all proofs hold
 */
public record Measurement(
        String benchmark,
        long rows,
        String database,
        @Nullable Double floorSeconds,
        @Nullable Double seconds,
        @Nullable Double warmSeconds,
        @Nullable Double startUpSeconds,
        @Nullable Long peakHeapMb,
        @Nullable Long liveHeapMb,
        @Nullable Long peakRssMb,
        @Nullable Double growth,
        Map<String, Double> stages,
        Map<String, Double> tasks,
        List<String> faults) {

    private static final double THOUSAND = 1000;

    /** How many times as long as the floor the run needs; null without a floor. */
    public @Nullable Double ratio() {
        return floorSeconds == null || seconds == null ? null : seconds / floorSeconds;
    }

    /** Likewise, in a process that had done such runs before. */
    public @Nullable Double warmRatio() {
        return floorSeconds == null || warmSeconds == null ? null : warmSeconds / floorSeconds;
    }

    public @Nullable Double recordsPerSecond() {
        return seconds == null ? null : rows / seconds;
    }

    public @Nullable Double floorRecordsPerSecond() {
        return floorSeconds == null ? null : rows / floorSeconds;
    }

    /** What the floor came to elsewhere, on an idle machine with two cores, so that a slow one here is noticed. */
    public static String seenElsewhere(String database) {
        return switch (database) {
            case "h2" ->
                "h2       seen elsewhere, idle, two cores: floor of unchanged 28,000 to 31,000/s at 200,000 records;"
                        + " batches of targets 34,000/s, of links 35,000/s";
            default ->
                "mysql    seen elsewhere, idle, two cores: floor of unchanged 70,000 to 80,000/s at 500,000 records;"
                        + " batches of targets 22,000/s, of links 47,000/s";
        };
    }

    Measurement withGrowth(double times) {
        return new Measurement(
                benchmark,
                rows,
                database,
                floorSeconds,
                seconds,
                warmSeconds,
                startUpSeconds,
                peakHeapMb,
                liveHeapMb,
                peakRssMb,
                times,
                stages,
                tasks,
                faults);
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
        json.put("warmSeconds", rounded(warmSeconds));
        json.put("warmRatio", rounded(warmRatio()));
        json.put("recordsPerSecond", whole(recordsPerSecond()));
        json.put("peakHeapMb", peakHeapMb);
        json.put("liveHeapMb", liveHeapMb);
        json.put("peakRssMb", peakRssMb);
        json.put("startUpSeconds", rounded(startUpSeconds));
        if (growth != null) {
            json.put("growth", rounded(growth));
        }
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
        return number == null ? null : Math.round(number * THOUSAND) / THOUSAND;
    }

    private static @Nullable Long whole(@Nullable Double number) {
        return number == null ? null : Math.round(number);
    }
}
