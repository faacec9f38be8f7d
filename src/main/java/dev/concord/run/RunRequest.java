package dev.concord.run;

import dev.concord.ledger.RunKind;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be run.
 *
 * @param analyze whether only to look
 * @param ids source ids to visit instead of everything; empty for all
 * @param where a query filter that source records must match to be visited, or null
 */
public record RunRequest(
        String mapping,
        boolean analyze,
        List<String> ids,
        @Nullable String where) {

    public static RunRequest full(String mapping) {
        return new RunRequest(mapping, false, List.of(), null);
    }

    RunKind kind() {
        if (!ids.isEmpty()) {
            return RunKind.SINGLE;
        }
        return where == null ? RunKind.FULL : RunKind.FILTER;
    }

    /** What goes with the run: what was asked for, and which object sets are read how. */
    Map<String, @Nullable Object> parameters(Mapping mapping) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("sourceQuery", query(mapping.source(), mapping.sourceQuery()));
        parameters.put("targetQuery", query(mapping.target(), mapping.targetQuery()));
        if (!ids.isEmpty()) {
            parameters.put("ids", ids);
        }
        if (where != null) {
            parameters.put("where", where);
        }
        return parameters;
    }

    private static Map<String, String> query(String objectSet, Query query) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("resourceName", objectSet);
        if (query.filter() != null) {
            json.put("_queryFilter", query.filter().text());
        }
        return json;
    }
}
