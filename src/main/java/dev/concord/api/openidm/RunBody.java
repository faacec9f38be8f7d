package dev.concord.api.openidm;

import dev.concord.api.Refusal;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Threshold;
import dev.concord.record.Json;
import dev.concord.run.RunRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a start says: {@code sourceQuery} and {@code targetQuery} in the place of the mapping's, and
 * {@code runTargetPhase}, {@code allowEmptySourceSet} and {@code thresholds}.
 */
record RunBody(Map<String, @Nullable Object> json) {

    private static final Set<String> MEMBERS =
            Set.of("sourceQuery", "targetQuery", "runTargetPhase", "allowEmptySourceSet", "thresholds");
    private static final Set<String> OF_QUERY = Set.of("_queryFilter", "queryFilter", "_queryId", "resourceName");
    private static final String EVERYTHING = "true";

    static RunBody of(String text) {
        if (text.isBlank()) {
            return new RunBody(Map.of());
        }
        Map<String, @Nullable Object> json;
        try {
            json = Json.readObject(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The body can be left out, or a JSON object. " + e.getMessage());
        }
        check(json.keySet(), MEMBERS, "The body");
        return new RunBody(json);
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    /** @param mapping null when there is none of that name, which others will say */
    RunRequest request(String name, @Nullable Mapping mapping, boolean analyze, @Nullable Boolean persist) {
        return new RunRequest(
                name,
                analyze,
                List.of(),
                filter("sourceQuery", mapping == null ? null : mapping.source()),
                new RunRequest.Overrides(
                        filter("targetQuery", mapping == null ? null : mapping.target()),
                        truth("runTargetPhase"),
                        truth("allowEmptySourceSet"),
                        persist,
                        thresholds()));
    }

    private Map<Guard, Threshold> thresholds() {
        Map<Guard, Threshold> thresholds = new EnumMap<>(Guard.class);
        switch (json.get("thresholds")) {
            case null -> {}
            case Map<?, ?> limits -> {
                Set<String> keys = Guard.WITH_THRESHOLD.stream().map(Guard::key).collect(Collectors.toSet());
                check(limits.keySet(), keys, "thresholds");
                limits.forEach((key, limit) -> thresholds.put(
                        Guard.ofKey(String.valueOf(key)).orElseThrow(),
                        Threshold.of(limit)
                                .orElseThrow(() -> Refusal.badRequest("thresholds: " + key + " is " + Json.write(limit)
                                        + "; allowed: " + Threshold.ALLOWED + "."))));
            }
            default -> throw Refusal.badRequest("thresholds wants an object such as {\"deletes\": 50}.");
        }
        return thresholds;
    }

    private @Nullable Boolean truth(String name) {
        Object value = json.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw Refusal.badRequest(name + " can be true or false.");
    }

    private @Nullable String filter(String name, @Nullable String objectSet) {
        return switch (json.get(name)) {
            case null -> null;
            case String text -> text;
            case Map<?, ?> query -> filter(name, query, objectSet);
            default -> throw Refusal.badRequest(name + " wants {\"_queryFilter\": \"...\"}.");
        };
    }

    private static String filter(String name, Map<?, ?> query, @Nullable String objectSet) {
        check(query.keySet(), OF_QUERY, name);
        Object resource = query.get("resourceName");
        if (resource != null && objectSet != null && !resource.equals(objectSet)) {
            throw Refusal.badRequest(name + " names the resource " + Json.write(resource) + ", but the mapping's is "
                    + objectSet + ". Leave resourceName out.");
        }
        Object filter = query.containsKey("_queryFilter") ? query.get("_queryFilter") : query.get("queryFilter");
        Object queryId = query.get("_queryId");
        if (filter instanceof String text && queryId == null) {
            return text;
        }
        if (filter == null
                && (queryId == null || Set.of("query-all", "query-all-ids").contains(queryId))) {
            return EVERYTHING;
        }
        throw Refusal.badRequest(name + " wants a _queryFilter (a text), or the _queryId query-all or query-all-ids.");
    }

    private static void check(Set<?> names, Set<String> allowed, String what) {
        names.forEach(name -> {
            if (!allowed.contains(name)) {
                throw Refusal.badRequest(what + " has the member " + Json.write(name) + "; it can have "
                        + String.join(", ", new TreeSet<>(allowed)) + ".");
            }
        });
    }
}
