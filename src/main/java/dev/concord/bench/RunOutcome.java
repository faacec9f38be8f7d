package dev.concord.bench;

import dev.concord.ledger.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a measured run went, as its process told it.
 *
 * @param answer what the command answered
 * @param startUp from the start of the process to that of the run
 */
record RunOutcome(Map<String, @Nullable Object> answer, Duration startUp) {

    private static final double MILLISECONDS = 1000;

    Instant started() {
        return Instant.parse(String.valueOf(run().get("started")));
    }

    /** From the start of the run to its end. */
    double seconds() {
        return number(run(), "duration") / MILLISECONDS;
    }

    String state() {
        return String.valueOf(run().get("state"));
    }

    String message() {
        return String.valueOf(run().get("message"));
    }

    /** How often something happened: {@code created}, {@code updated}, {@code unchanged}, {@code deleted}, … */
    long effect(String name) {
        return number(object(run(), "effects"), name);
    }

    long failures() {
        return number(object(run(), "statusSummary"), "FAILURE");
    }

    long situation(String name) {
        return number(object(run(), "situationSummary"), name);
    }

    /** Entries of the report, if they were counted. */
    long entries() {
        return number(answer, "entries");
    }

    @Nullable
    Long megabytes(String name) {
        return object(answer, "memory").get(name) instanceof Number number ? number.longValue() : null;
    }

    Map<String, Double> stages() {
        Map<String, Double> stages = new LinkedHashMap<>();
        object(answer, "stages").forEach((name, seconds) -> {
            if (seconds instanceof Number number) {
                stages.put(name, number.doubleValue());
            }
        });
        return stages;
    }

    /** Seconds of all threads together, by what they were at. */
    Map<String, Double> tasks() {
        Map<String, Double> tasks = new LinkedHashMap<>();
        Map<String, @Nullable Object> summary = object(run(), "durationSummary");
        for (Task task : Task.values()) {
            if (summary.containsKey(task.key())) {
                tasks.put(task.key(), number(object(summary, task.key()), "sum") / MILLISECONDS);
            }
        }
        return tasks;
    }

    private Map<String, @Nullable Object> run() {
        return object(answer, "run");
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> parent, String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (parent.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> object.put(String.valueOf(key), value));
        }
        return object;
    }

    private static long number(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof Number number ? number.longValue() : -1;
    }
}
