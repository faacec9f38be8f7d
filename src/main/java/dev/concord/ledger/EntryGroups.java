package dev.concord.ledger;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failures that are alike but for ids and values, counted. Memory is bounded: of very many groups the small ones are
 * counted together as others. Not safe for use by several threads.
 */
public final class EntryGroups {

    /** So many groups are told apart at the end, and twice as many at any time. */
    public static final int MOST = 500;

    /** So many texts of what scripts and systems said are told apart in a group. */
    private static final int DETAILS = 10;

    private static final int EXAMPLES = 5;

    private final Map<Kind, Growing> groups = new HashMap<>();
    private long total;
    private long others;

    /**
     * What failures of a group have in common.
     *
     * @param outcome who is to blame
     * @param message the entries' message, with … where they differ; it names the hook or the attribute
     */
    public record Kind(
            Outcome outcome,
            @Nullable Situation situation,
            @Nullable Action action,
            String message) {}

    /** One of the entries of a group. */
    public record Example(
            String entryId,
            @Nullable String sourceId,
            @Nullable String targetId) {

        /** The id of the source or, when there is none, of the target. */
        public @Nullable String objectId() {
            return sourceId != null ? sourceId : targetId;
        }
    }

    /**
     * @param examples the first ones, five at the most
     * @param details what scripts or systems said, with … where that differs, and how often; may hold personal values.
     *     Those beyond the first {@value #DETAILS} are left out
     */
    public record Group(Kind kind, long count, List<Example> examples, Map<String, Long> details) {

        /** The group as JSON; {@code details} only for those who may see values. */
        public Map<String, @Nullable Object> json(boolean details) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("count", count);
            json.put("errorKind", kind.outcome().name());
            json.put(
                    "situation",
                    kind.situation() == null ? null : kind.situation().name());
            json.put("action", kind.action() == null ? null : kind.action().name());
            json.put("message", kind.message());
            json.put("examples", examples.stream().map(Group::json).toList());
            if (details) {
                json.put("details", this.details);
            }
            return json;
        }

        private static Map<String, @Nullable Object> json(Example example) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("_id", example.entryId());
            json.put("sourceObjectId", example.sourceId());
            json.put("targetObjectId", example.targetId());
            return json;
        }
    }

    private static final class Growing {
        private long count;
        private final List<Example> examples = new ArrayList<>(EXAMPLES);
        private final Map<String, Long> details = new LinkedHashMap<>();
    }

    /** Takes up an entry; those that did not fail are passed by. */
    public void add(EntryView view) {
        Entry entry = view.entry();
        if (!entry.outcome().isFailure()) {
            return;
        }
        total++;
        Kind kind = new Kind(entry.outcome(), entry.situation(), entry.action(), ErrorWords.ofMessage(entry));
        Growing group = groups.computeIfAbsent(kind, one -> new Growing());
        group.count++;
        if (group.examples.size() < EXAMPLES) {
            group.examples.add(new Example(view.id(), entry.sourceId(), entry.targetId()));
        }
        String detail = ErrorWords.ofDetail(entry);
        if (!detail.isEmpty() && (group.details.size() < DETAILS || group.details.containsKey(detail))) {
            group.details.merge(detail, 1L, Long::sum);
        }
        if (groups.size() > 2 * MOST) {
            shrink();
        }
    }

    /** The groups, the largest first. */
    public List<Group> largest() {
        shrink();
        return groups.entrySet().stream()
                .map(group -> new Group(
                        group.getKey(),
                        group.getValue().count,
                        List.copyOf(group.getValue().examples),
                        largest(group.getValue().details)))
                .sorted(Comparator.comparingLong(Group::count)
                        .reversed()
                        .thenComparing(group -> group.kind().toString()))
                .toList();
    }

    /** How many failures there are altogether. */
    public long total() {
        return total;
    }

    /** How many failures belong to none of {@link #largest}, after that was asked for. */
    public long others() {
        return others;
    }

    private void shrink() {
        if (groups.size() <= MOST) {
            return;
        }
        groups.entrySet().stream()
                .sorted(Comparator.comparingLong(group -> group.getValue().count))
                .limit(groups.size() - (long) MOST)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(kind -> {
                    Growing small = groups.remove(kind);
                    others += small == null ? 0 : small.count;
                });
    }

    private static Map<String, Long> largest(Map<String, Long> details) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        details.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(detail -> sorted.put(detail.getKey(), detail.getValue()));
        return sorted;
    }
}
