package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.record.AttributeChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many ops of a run have what in common. Where the run's counts tell it, all ops are counted, and nothing is read;
 * otherwise those of which there are entries.
 *
 * @param ofEntries whether only entries were counted
 * @param lines the most frequent value first
 */
public record EntryCounts(By by, boolean ofEntries, List<Line> lines) {

    /** More attributes than that are not told apart. */
    private static final int MOST = 10_000;

    /** What ops can be counted by. */
    public enum By {
        SITUATION,
        ACTION,
        STATUS,
        KIND,
        /** Which attributes changed: an op counts for each of them. */
        ATTRIBUTE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param value null for ops that have none: no situation, no action, no failure */
    public record Line(@Nullable String value, long count, long failures) {}

    /** Whether entries have to be read to count what a search finds. */
    public static boolean areOfEntries(EntrySearch search, By by) {
        return by == By.ATTRIBUTE || !SegmentFilter.isCounted(search.filter());
    }

    /** {@code {by, of, counts: [{value, count, failures}]}}, {@code of} being {@code ops} or {@code entries}. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("by", by.toString());
        json.put("of", ofEntries ? "entries" : "ops");
        json.put("counts", lines.stream().map(EntryCounts::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Line line) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", line.value());
        json.put("count", line.count());
        json.put("failures", line.failures());
        return json;
    }

    /** Counts what a search finds in a run; also in one whose entries are gone, where its counts tell it. */
    public static EntryCounts of(LedgerReader ledger, Run run, EntrySearch search, By by) {
        Map<@Nullable String, long[]> counted = new HashMap<>();
        boolean ofEntries = areOfEntries(search, by);
        if (ofEntries) {
            search.each(ledger, run, (view, document) -> {
                for (String value : values(by, view)) {
                    if (counted.size() < MOST || counted.containsKey(value)) {
                        add(counted, value, 1, view.entry().outcome());
                    }
                }
                return true;
            });
        } else {
            Filter filter = search.filter();
            Counts counts = ledger.view(run).counts();
            counts.ops().forEach((op, number) -> {
                if (filter.matches(SegmentFilter.json(op))) {
                    add(counted, value(by, op), number, op.outcome());
                }
            });
        }
        List<Line> lines = new ArrayList<>();
        counted.forEach((value, numbers) -> lines.add(new Line(value, numbers[0], numbers[1])));
        lines.sort(Comparator.comparingLong(Line::count)
                .reversed()
                .thenComparing(Line::value, Comparator.nullsLast(Comparator.naturalOrder())));
        return new EntryCounts(by, ofEntries, List.copyOf(lines));
    }

    private static void add(Map<@Nullable String, long[]> counted, @Nullable String value, long number, Outcome op) {
        long[] numbers = Objects.requireNonNull(counted.computeIfAbsent(value, one -> new long[2]));
        numbers[0] += number;
        numbers[1] += op.isFailure() ? number : 0;
    }

    private static List<@Nullable String> values(By by, EntryView view) {
        Entry entry = view.entry();
        List<@Nullable String> values = new ArrayList<>();
        if (by == By.ATTRIBUTE) {
            entry.differences().stream()
                    .map(AttributeChange::attribute)
                    .distinct()
                    .forEach(values::add);
        } else {
            values.add(value(by, new Counts.OpKind(entry.situation(), entry.action(), entry.outcome())));
        }
        return values;
    }

    private static @Nullable String value(By by, Counts.OpKind op) {
        return switch (by) {
            case SITUATION -> op.situation() == null ? null : op.situation().name();
            case ACTION -> op.action() == null ? null : op.action().name();
            case STATUS -> Status.of(op.outcome()).name();
            case KIND -> op.outcome().isFailure() ? op.outcome().name() : null;
            case ATTRIBUTE -> null;
        };
    }
}
