package dev.concord.ledger;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries as JSON lines in {@link Parts}. */
final class EntryCodec {

    private EntryCodec() {}

    static List<byte[]> encode(List<Entry> entries) {
        return Parts.encode(
                entries.stream().map(entry -> Json.write(toJson(entry))).toList());
    }

    static List<Entry> decode(byte[] part) {
        return Parts.decode(part).stream().map(EntryCodec::decode).toList();
    }

    /** One line of a part. */
    static Entry decode(String line) {
        return fromJson(Json.readObject(line));
    }

    private static Map<String, @Nullable Object> toJson(Entry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        put(
                json,
                "situation",
                entry.situation() == null ? null : entry.situation().name());
        put(json, "action", entry.action() == null ? null : entry.action().name());
        put(json, "outcome", entry.outcome().name());
        put(json, "source", entry.sourceId());
        put(json, "target", entry.targetId());
        put(json, "qualifier", entry.qualifier());
        put(json, "candidates", entry.candidateIds().isEmpty() ? null : entry.candidateIds());
        put(json, "message", entry.message());
        put(json, "detail", entry.detail());
        put(json, "display", entry.display().isEmpty() ? null : entry.display());
        put(
                json,
                "differences",
                entry.differences().isEmpty()
                        ? null
                        : entry.differences().stream().map(EntryCodec::change).toList());
        Trace trace = entry.trace();
        put(
                json,
                "effects",
                trace.effects().isEmpty()
                        ? null
                        : trace.effects().stream().map(Measure::name).toList());
        put(
                json,
                "links",
                trace.links().isEmpty()
                        ? null
                        : trace.links().stream().map(EntryCodec::linkChange).toList());
        put(json, "revision", trace.revision());
        put(json, "fingerprint", trace.fingerprint());
        put(json, "nulls", trace.nulls().isEmpty() ? null : trace.nulls());
        return json;
    }

    private static List<@Nullable Object> change(AttributeChange change) {
        List<@Nullable Object> triple = new ArrayList<>(3);
        triple.add(change.attribute());
        triple.add(change.before());
        triple.add(change.after());
        return triple;
    }

    /**
     * The ids of source and target before, then those after; two nulls where there was, or is, no link. Then the link
     * qualifier, if it is another one than the op's.
     */
    private static List<@Nullable String> linkChange(Trace.LinkChange change) {
        List<@Nullable String> ids = new ArrayList<>(4);
        addEnds(ids, change.before());
        addEnds(ids, change.after());
        if (change.qualifier() != null) {
            ids.add(change.qualifier());
        }
        return ids;
    }

    private static void addEnds(List<@Nullable String> ids, Trace.@Nullable Ends ends) {
        ids.add(ends == null ? null : ends.sourceId());
        ids.add(ends == null ? null : ends.targetId());
    }

    private static Trace.@Nullable Ends ends(List<?> ids, int from) {
        return ids.get(from) == null
                ? null
                : new Trace.Ends(String.valueOf(ids.get(from)), String.valueOf(ids.get(from + 1)));
    }

    private static Trace trace(Map<String, @Nullable Object> json) {
        List<Measure> effects = new ArrayList<>();
        if (json.get("effects") instanceof List<?> names) {
            names.forEach(name -> effects.add(Measure.valueOf(String.valueOf(name))));
        }
        List<Trace.LinkChange> links = new ArrayList<>();
        if (json.get("links") instanceof List<?> changes) {
            for (Object change : changes) {
                List<?> ids = (List<?>) change;
                links.add(new Trace.LinkChange(
                        ends(ids, 0), ends(ids, 2), ids.size() > 4 ? String.valueOf(ids.get(4)) : null));
            }
        }
        List<String> nulls = new ArrayList<>();
        if (json.get("nulls") instanceof List<?> names) {
            names.forEach(name -> nulls.add(String.valueOf(name)));
        }
        Trace trace = new Trace(effects, links, text(json, "revision"), text(json, "fingerprint"), nulls);
        return trace.equals(Trace.NONE) ? Trace.NONE : trace;
    }

    private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Entry fromJson(Map<String, @Nullable Object> json) {
        String situation = text(json, "situation");
        String action = text(json, "action");
        String outcome = text(json, "outcome");
        String qualifier = text(json, "qualifier");
        Object candidates = json.get("candidates");
        Object display = json.get("display");
        List<AttributeChange> differences = new ArrayList<>();
        if (json.get("differences") instanceof List<?> changes) {
            for (Object change : changes) {
                List<?> triple = (List<?>) change;
                differences.add(new AttributeChange(String.valueOf(triple.get(0)), triple.get(1), triple.get(2)));
            }
        }
        return new Entry(
                situation == null ? null : Situation.valueOf(situation),
                action == null ? null : Action.valueOf(action),
                outcome == null ? Outcome.SUCCESS : Outcome.valueOf(outcome),
                text(json, "source"),
                text(json, "target"),
                qualifier == null ? "" : qualifier,
                candidates == null ? List.of() : (List<String>) candidates,
                text(json, "message"),
                text(json, "detail"),
                display == null ? Map.of() : (Map<String, Map<String, @Nullable Object>>) display,
                differences,
                trace(json));
    }

    private static @Nullable String text(Map<String, @Nullable Object> json, String name) {
        return (String) json.get(name);
    }
}
