package dev.concord.run;

import dev.concord.audit.AuditEvent;
import dev.concord.audit.Deed;
import dev.concord.mapping.Action;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Situation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with one record now, in the place of what the rules say.
 *
 * @param sourceId null when the record is meant from its target's side
 * @param targetId with a source: the one target that is considered
 * @param linkQualifier null: the mapping's only one
 * @param situation when another one is found now, nothing is done; null for any
 * @param skipPostAction whether the rule's script after the action is left out
 * @param analyze whether only to look
 * @param move null, or for LINK: the target is taken from whoever is linked to it
 */
public record ActionRequest(
        String mapping,
        Action action,
        @Nullable String sourceId,
        @Nullable String targetId,
        @Nullable String linkQualifier,
        @Nullable Situation situation,
        boolean skipPostAction,
        boolean analyze,
        @Nullable Move move) {

    /** @param force whether another source may lose its link by that */
    public record Move(boolean force) {}

    /** Moves a link to this source and target; what they contain stays as it is. */
    public static ActionRequest relink(
            String mapping, String sourceId, String targetId, @Nullable String linkQualifier, boolean force) {
        return new ActionRequest(
                mapping, Action.LINK, sourceId, targetId, linkQualifier, null, true, false, new Move(force));
    }

    /** What the audit trail says of it. */
    Deed deed(String runId) {
        return Deed.of(move == null ? AuditEvent.ACTION_PERFORMED : AuditEvent.LINK_MOVED, runId, mapping)
                .with("action", action.name())
                .with("sourceId", sourceId)
                .with("targetId", targetId)
                .with("linkQualifier", linkQualifier)
                .with("force", move == null || !move.force() ? null : true)
                .with("analysis", analyze ? true : null);
    }

    /**
     * What goes with the run.
     *
     * @param by who wants it
     * @throws RunRefused when the request makes no sense for the mapping
     */
    Map<String, @Nullable Object> parameters(Mapping definition, String by) {
        if (sourceId == null && targetId == null) {
            throw new RunRefused("Name the record: by its source, its target, or both.");
        }
        if (sourceId != null && targetId != null && action == Action.CREATE) {
            throw new RunRefused("CREATE makes a new target; name the source only.");
        }
        Map<String, @Nullable Object> parameters = RunRequest.full(mapping).parameters(definition);
        parameters.put("action", action.name());
        put(parameters, "sourceId", sourceId);
        put(parameters, "targetId", targetId);
        parameters.put("linkQualifier", qualifier(definition));
        put(parameters, "situation", situation == null ? null : situation.name());
        put(parameters, "ignorePostAction", skipPostAction ? true : null);
        put(parameters, "relink", move == null ? null : true);
        put(parameters, "force", move == null || !move.force() ? null : true);
        parameters.put("by", by);
        return parameters;
    }

    private static void put(Map<String, @Nullable Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private String qualifier(Mapping definition) {
        if (linkQualifier != null) {
            return linkQualifier;
        }
        return switch (definition.linkQualifiers()) {
            case LinkQualifiers.Fixed fixed -> only(fixed.names());
            case LinkQualifiers.Scripted scripted -> "default";
        };
    }

    private String only(List<String> names) {
        if (names.size() != 1) {
            throw new RunRefused("The mapping " + mapping + " has several link qualifiers (" + String.join(", ", names)
                    + "); say which one is meant.");
        }
        return names.getFirst();
    }
}
