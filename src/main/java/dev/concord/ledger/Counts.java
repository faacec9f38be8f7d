package dev.concord.ledger;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.Json;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was counted: ops by situation, action and outcome, measures, and the time that tasks took. Counts of segments
 * add up to those of a run. Not safe for use by several threads.
 */
public final class Counts {

    private static final Set<Measure> CHANGES = EnumSet.of(
            Measure.CREATED,
            Measure.UPDATED,
            Measure.DELETED,
            Measure.LINKS_CREATED,
            Measure.LINKS_REPOINTED,
            Measure.LINKS_REMOVED);

    private final Map<OpKind, Long> ops = new TreeMap<>(OpKind.ORDER);
    private final Map<Measure, Long> measures = new EnumMap<>(Measure.class);
    private final Map<Task, Long> times = new EnumMap<>(Task.class);

    /** A kind of op. Situation and action are null when an op failed before they were known. */
    public record OpKind(
            @Nullable Situation situation, @Nullable Action action, Outcome outcome) {

        static final Comparator<OpKind> ORDER = Comparator.comparing(
                        OpKind::situation, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(OpKind::action, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(OpKind::outcome);

        private String text() {
            return (situation == null ? "" : situation) + "/" + (action == null ? "" : action) + "/" + outcome;
        }

        private static OpKind parse(String text) {
            String[] parts = text.split("/", -1);
            return new OpKind(
                    parts[0].isEmpty() ? null : Situation.valueOf(parts[0]),
                    parts[1].isEmpty() ? null : Action.valueOf(parts[1]),
                    Outcome.valueOf(parts[2]));
        }
    }

    /** Counts one op; {@code number} may be negative to take back what a planned op was counted as. */
    public void addOp(OpKind kind, long number) {
        add(ops, kind, number);
    }

    public void add(Measure measure, long number) {
        add(measures, measure, number);
    }

    public void add(Task task, long nanoseconds) {
        add(times, task, nanoseconds);
    }

    public void add(Counts other) {
        other.ops.forEach(this::addOp);
        other.measures.forEach(this::add);
        other.times.forEach(this::add);
    }

    /** Takes away what was counted elsewhere, too. */
    void subtract(Counts other) {
        other.ops.forEach((kind, number) -> addOp(kind, -number));
        other.measures.forEach((measure, number) -> add(measure, -number));
        other.times.forEach((task, time) -> add(task, -time));
    }

    boolean isEmpty() {
        return ops.isEmpty() && measures.isEmpty() && times.isEmpty();
    }

    public long get(Measure measure) {
        return measures.getOrDefault(measure, 0L);
    }

    /** The time of all threads together, in nanoseconds, by task. */
    public Map<Task, Long> times() {
        return Collections.unmodifiableMap(times);
    }

    /** The ops by kind, in the order of situations and actions; kinds that did not occur are missing. */
    public Map<OpKind, Long> ops() {
        return Collections.unmodifiableMap(ops);
    }

    public long ops(Predicate<OpKind> which) {
        return ops.entrySet().stream()
                .filter(e -> which.test(e.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether anything was changed, be it targets or links. */
    public boolean hasChanges() {
        return CHANGES.stream().anyMatch(measures::containsKey);
    }

    public long failures() {
        return ops(kind -> kind.outcome().isFailure());
    }

    /** One line of JSON, read back by {@link #fromJson}. */
    public String toJson() {
        Map<String, Long> byKind = new LinkedHashMap<>();
        ops.forEach((kind, number) -> byKind.put(kind.text(), number));
        return Json.write(Map.of("ops", byKind, "measures", measures, "times", times));
    }

    public static Counts fromJson(String text) {
        Counts counts = new Counts();
        Map<String, @Nullable Object> json = Json.readObject(text);
        members(json.get("ops")).forEach((kind, number) -> counts.addOp(OpKind.parse(kind), number));
        members(json.get("measures")).forEach((name, number) -> counts.add(Measure.valueOf(name), number));
        members(json.get("times")).forEach((name, time) -> counts.add(Task.valueOf(name), time));
        return counts;
    }

    private static Map<String, Long> members(@Nullable Object json) {
        Map<String, Long> members = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, number) -> members.put(String.valueOf(name), ((Number) number).longValue()));
        }
        return members;
    }

    private static <K> void add(Map<K, Long> numbers, K key, long number) {
        long sum = numbers.getOrDefault(key, 0L) + number;
        if (sum == 0) {
            numbers.remove(key);
        } else {
            numbers.put(key, sum);
        }
    }
}
