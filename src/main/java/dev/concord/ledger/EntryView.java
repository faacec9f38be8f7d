package dev.concord.ledger;

import dev.concord.record.AttributeChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry with what tells it from all others.
 *
 * @param index of the entry in its segment, from 0
 */
public record EntryView(Run run, LedgerReader.SegmentId segment, int index, Entry entry) {

    /** Stands for a value that may not, or need not, be kept: {@code {"$withheld": reason}}. */
    public static final String WITHHELD = "$withheld";

    public String id() {
        return run.id() + "_" + segment.phase() + "_" + segment.partition() + "_" + segment.number() + "_" + index;
    }

    public Status status() {
        return Status.of(entry.outcome());
    }

    /** Which kind of failure it was; null when it was none. */
    public @Nullable Outcome errorKind() {
        return entry.outcome().isFailure() ? entry.outcome() : null;
    }

    /** The entry in the shape that PingIDM gives it, and what Concord adds to it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", id());
        json.put("mapping", run.mapping());
        json.put("reconId", run.id());
        json.put("situation", name(entry.situation()));
        json.put("action", name(entry.action()));
        json.put("linkQualifier", entry.qualifier());
        json.put("sourceObjectId", entry.sourceId());
        json.put("targetObjectId", entry.targetId());
        json.put("sourceResourceCollection", run.resourceCollection("sourceQuery"));
        json.put("targetResourceCollection", run.resourceCollection("targetQuery"));
        json.put("status", status().name());
        json.put("exception", errorKind() == null ? null : entry.message());
        json.put("message", entry.message());
        json.put("messageDetail", entry.detail());
        json.put("ambiguousTargetObjectIds", entry.candidateIds());
        json.put("errorKind", name(errorKind()));
        json.put("display", entry.display());
        json.put(
                "differences",
                entry.differences().stream().map(EntryView::change).toList());
        return json;
    }

    private static Map<String, @Nullable Object> change(AttributeChange change) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attribute", change.attribute());
        json.put("before", change.before());
        json.put("after", change.after());
        return json;
    }

    /** Whether a value of an entry stands for one that was not kept. */
    public static boolean isWithheld(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(WITHHELD);
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }
}
