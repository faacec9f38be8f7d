package dev.concord.mapping;

import dev.concord.filter.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code sourceQuery} and {@code targetQuery}: an object as in PingIDM, or just a filter. */
final class QueryReader {

    private static final Set<String> EVERYTHING = Set.of("query-all", "query-all-ids");

    private final ConditionReader conditions;
    private final FaultLog log;

    QueryReader(ConditionReader conditions, FaultLog log) {
        this.conditions = conditions;
        this.log = log;
    }

    /**
     * @param defaultFields the attributes to read when the query names none
     * @param objectSet the set that is queried, null when it could not be read
     */
    Query read(@Nullable Node node, List<String> defaultFields, @Nullable String objectSet) {
        if (node == null) {
            return defaultFields.isEmpty() ? Query.ALL : new Query(null, defaultFields, List.of(), null);
        }
        if (node instanceof Node.Leaf) {
            return new Query(conditions.filter(node), defaultFields, List.of(), null);
        }
        Fields fields = Fields.of(node, Shape.QUERY, log);
        if (fields == null) {
            return Query.ALL;
        }
        fields.unknown().forEach((key, value) -> {
            if (key.startsWith("_query")) {
                log.error(
                        value,
                        key + " is not understood, so more than was meant would be visited; required: _queryFilter");
            }
        });
        Node text = fields.get("_queryFilter");
        Filter filter = text == null ? null : conditions.filter(text);
        checkQueryId(fields, text != null);
        String resourceName = fields.text("resourceName");
        if (resourceName != null && objectSet != null && !resourceName.equals(objectSet)) {
            log.slip(
                    fields.node().members().getOrDefault("resourceName", node),
                    Quote.text(resourceName) + " is not the object set of this side; required: " + objectSet);
        }
        List<String> attributes = names(fields, "_fields");
        return new Query(
                filter, attributes.isEmpty() ? defaultFields : attributes, names(fields, "_sortKeys"), resourceName);
    }

    private void checkQueryId(Fields fields, boolean filtered) {
        Node node = fields.get("_queryId");
        String id = fields.text("_queryId");
        if (node == null || id == null) {
            return;
        }
        if (!EVERYTHING.contains(id)) {
            log.error(
                    node,
                    Quote.text(id) + " is no query; allowed: query-all, query-all-ids (or a _queryFilter instead)");
        } else if (filtered) {
            log.error(node, "_queryId and _queryFilter exclude each other; keep one");
        }
    }

    /** A list, or names with commas between them. */
    private List<String> names(Fields fields, String key) {
        if (fields.get(key) instanceof Node.Leaf leaf && leaf.value() instanceof String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
        return fields.texts(key);
    }
}
