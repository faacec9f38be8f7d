package dev.concord.run;

import dev.concord.audit.AuditEvent;
import dev.concord.audit.Deed;
import dev.concord.filter.Filter;
import dev.concord.filter.FilterShape;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Query;
import dev.concord.mapping.Threshold;
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
        @Nullable String where,
        Overrides overrides) {

    /**
     * What holds for one run in the place of what its mapping says; null leaves it as it is there.
     *
     * @param targetWhere a query filter that targets must match to be visited
     * @param persistAssociations whether entries of all ops are kept
     * @param thresholds limits of guards; those that are left out are as usual
     */
    public record Overrides(
            @Nullable String targetWhere,
            @Nullable Boolean runTargetPhase,
            @Nullable Boolean allowEmptySourceSet,
            @Nullable Boolean persistAssociations,
            Map<Guard, Threshold> thresholds) {

        public Overrides(
                @Nullable String targetWhere,
                @Nullable Boolean runTargetPhase,
                @Nullable Boolean allowEmptySourceSet,
                @Nullable Boolean persistAssociations) {
            this(targetWhere, runTargetPhase, allowEmptySourceSet, persistAssociations, Map.of());
        }

        public static final Overrides NONE = new Overrides(null, null, null, null);
    }

    public RunRequest(String mapping, boolean analyze, List<String> ids, @Nullable String where) {
        this(mapping, analyze, ids, where, Overrides.NONE);
    }

    public static RunRequest full(String mapping) {
        return new RunRequest(mapping, false, List.of(), null);
    }

    RunKind kind() {
        if (!ids.isEmpty()) {
            return RunKind.SINGLE;
        }
        return where == null && overrides.targetWhere() == null ? RunKind.FULL : RunKind.FILTER;
    }

    /** What the audit trail says of the run: filters without their values. */
    Deed deed(AuditEvent event, String runId) {
        return Deed.of(event, runId, mapping)
                .with("kind", kind().name())
                .with("analysis", analyze && event != AuditEvent.PLAN_MADE ? true : null)
                .with("ids", ids.isEmpty() ? null : ids.size())
                .with("where", shape(where))
                .with("targetWhere", shape(overrides.targetWhere()))
                .with("allowEmptySourceSet", overrides.allowEmptySourceSet())
                .with("runTargetPhase", overrides.runTargetPhase())
                .with(
                        InstallationThresholds.OVERRIDES,
                        overrides.thresholds().isEmpty()
                                ? null
                                : InstallationThresholds.written(overrides.thresholds()));
    }

    private static @Nullable String shape(@Nullable String filter) {
        return filter == null ? null : FilterShape.of(Filter.parse(filter)).toString();
    }

    /**
     * What goes with the run: what was asked for, and which object sets are read how.
     *
     * @throws RunRefused when a filter cannot be read
     */
    Map<String, @Nullable Object> parameters(Mapping mapping) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("sourceQuery", query(mapping.source(), mapping.sourceQuery(), where));
        parameters.put("targetQuery", query(mapping.target(), mapping.targetQuery(), overrides.targetWhere()));
        if (!ids.isEmpty()) {
            parameters.put("ids", ids);
        }
        put(parameters, "where", where);
        put(parameters, "targetWhere", overrides.targetWhere());
        put(parameters, "runTargetPhase", overrides.runTargetPhase());
        put(parameters, "allowEmptySourceSet", overrides.allowEmptySourceSet());
        put(parameters, "persistAssociations", overrides.persistAssociations());
        if (!overrides.thresholds().isEmpty()) {
            parameters.put(InstallationThresholds.OVERRIDES, InstallationThresholds.written(overrides.thresholds()));
        }
        return parameters;
    }

    private static void put(Map<String, @Nullable Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private static Map<String, String> query(String objectSet, Query query, @Nullable String instead) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("resourceName", objectSet);
        if (instead != null) {
            json.put("_queryFilter", checked(instead));
        } else if (query.filter() != null) {
            json.put("_queryFilter", query.filter().text());
        }
        return json;
    }

    private static String checked(String filter) {
        try {
            Filter.parse(filter);
            return filter;
        } catch (FilterSyntaxException e) {
            throw new RunRefused("The filter cannot be read: " + e.getMessage());
        }
    }
}
