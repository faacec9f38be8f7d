package dev.concord.run;

import dev.concord.ledger.RunKind;
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
public record RunRequest(String mapping, boolean analyze, List<String> ids, @Nullable String where) {

    public static RunRequest full(String mapping) {
        return new RunRequest(mapping, false, List.of(), null);
    }

    RunKind kind() {
        if (!ids.isEmpty()) {
            return RunKind.SINGLE;
        }
        return where == null ? RunKind.FULL : RunKind.FILTER;
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            parameters.put("ids", ids);
        }
        if (where != null) {
            parameters.put("where", where);
        }
        return parameters;
    }
}
