package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Condition;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.ScriptSource;
import dev.concord.mapping.Situation;
import dev.concord.record.Resource;
import dev.concord.script.Objects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the mapping's scripts and conditions what they think of a record. What they throw is an {@link OpFailure} or a
 * script's failure.
 */
final class Verdicts {

    private final RunContext context;
    private final Mapping mapping;
    private final ScriptObjects objects;
    private final Witness witness;

    Verdicts(RunContext context, ScriptObjects objects) {
        this(context, objects, Witness.NOBODY);
    }

    /** @param witness is told of every verdict, and of what follows from them */
    Verdicts(RunContext context, ScriptObjects objects, Witness witness) {
        this.context = context;
        this.mapping = context.mapping();
        this.objects = objects;
        this.witness = witness;
    }

    Witness witness() {
        return witness;
    }

    /** What lies behind {@code openidm.*} for the scripts of an op. */
    Objects objects(Op op) {
        return objects.about(op);
    }

    /** What hooks see of the mapping. */
    static Map<String, @Nullable Object> mappingConfig(Mapping mapping) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", mapping.name());
        config.put("source", mapping.source());
        config.put("target", mapping.target());
        return config;
    }

    /** What scripts see as {@code context}. {@code opId} is the same however often the op is done again. */
    Map<String, @Nullable Object> scriptContext(Op op) {
        return new OpScope(context.run().id(), mapping.name(), op);
    }

    boolean isValidSource(Resource source, Op op) {
        return mapping.validSource() == null || valid(mapping.validSource(), "validSource", "source", source, op);
    }

    boolean isValidTarget(Resource target, Op op) {
        return mapping.validTarget() == null || valid(mapping.validTarget(), "validTarget", "target", target, op);
    }

    boolean sourceConditionHolds(Resource source, Op op) {
        if (mapping.sourceCondition() == null) {
            return true;
        }
        Map<String, @Nullable Object> scope = scope(op);
        scope.put("source", source.view());
        return holds(mapping.sourceCondition(), scope, op);
    }

    /** Whether a rule's condition holds. */
    boolean ruleHolds(Condition condition, Op op) {
        Map<String, @Nullable Object> scope = scope(op);
        scope.put("object", op.source == null ? null : op.source.view());
        return holds(condition, scope, op);
    }

    private boolean holds(Condition condition, Map<String, @Nullable Object> scope, Op op) {
        witness.asks(op, condition);
        boolean holds = context.conditions().holds(condition, scope, objects(op));
        witness.answers(op, condition, holds);
        return holds;
    }

    /** The link qualifiers of one source record. */
    List<String> qualifiers(Resource source) {
        return switch (mapping.linkQualifiers()) {
            case LinkQualifiers.Fixed fixed -> fixed.names();
            case LinkQualifiers.Scripted scripted -> qualifiers(scripted.script(), source);
        };
    }

    /** All link qualifiers that the mapping may give to any record. */
    List<String> allQualifiers() {
        return switch (mapping.linkQualifiers()) {
            case LinkQualifiers.Fixed fixed -> fixed.names();
            case LinkQualifiers.Scripted scripted -> qualifiers(scripted.script(), null);
        };
    }

    /** The action that a rule's script chooses. The one it is told to replace is PingIDM's, whichever the spelling. */
    Action scriptedAction(ScriptSource script, Op op, Situation situation, @Nullable Resource target) {
        Map<String, @Nullable Object> parameters = actionParameters(op, situation, situation.engineDefault());
        Map<String, @Nullable Object> scope = scope(op);
        scope.put("source", op.source == null ? null : op.source.view());
        scope.put("target", target == null ? null : target.view());
        scope.put("sourceAction", op.phase == Phase.SOURCE);
        scope.put("recon", Map.of("actionParam", parameters));
        Object value = context.scripts().run(script, scope, objects(op));
        return Arrays.stream(Action.values())
                .filter(action -> value instanceof String name && action.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new OpFailure(
                        Outcome.SCRIPT,
                        "The action script at " + script.place() + " must return the name of an action: "
                                + Arrays.toString(Action.values()) + ".",
                        null));
    }

    Map<String, @Nullable Object> actionParameters(Op op, Situation situation, @Nullable Action action) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("reconId", context.run().id());
        parameters.put("mapping", mapping.name());
        parameters.put("situation", situation.name());
        parameters.put("action", action == null ? null : action.name());
        parameters.put("sourceId", op.sourceId);
        parameters.put("targetId", op.targetId);
        parameters.put("linkQualifier", op.qualifier);
        parameters.put("ambiguousTargetIds", op.assessment == null ? List.of() : op.assessment.candidateIds());
        parameters.put("_action", "performAction");
        return parameters;
    }

    /** The variables that every script of an op sees. */
    Map<String, @Nullable Object> scope(Op op) {
        Map<String, @Nullable Object> scope = new HashMap<>();
        scope.put("linkQualifier", op.qualifier);
        scope.put("context", scriptContext(op));
        return scope;
    }

    private boolean valid(ScriptSource script, String hook, String variable, Resource resource, Op op) {
        Map<String, @Nullable Object> scope = scope(op);
        scope.put(variable, resource.view());
        witness.asks(op, script);
        if (context.scripts().run(script, scope, objects(op)) instanceof Boolean valid) {
            witness.answers(op, script, valid);
            return valid;
        }
        throw new OpFailure(Outcome.SCRIPT, hook + " at " + script.place() + " must return true or false.", null);
    }

    private List<String> qualifiers(ScriptSource script, @Nullable Resource source) {
        Map<String, @Nullable Object> scope = new HashMap<>();
        scope.put("mapping", mapping.name());
        scope.put("object", source == null ? null : source.view());
        scope.put("oldValue", null);
        scope.put("returnAll", source == null);
        scope.put("context", Map.of("reconId", context.run().id(), "mapping", mapping.name()));
        List<String> names = new ArrayList<>();
        Object value = context.scripts().run(script, scope, objects);
        if (value instanceof List<?> list) {
            list.forEach(name -> names.add(name instanceof String text ? text : ""));
        }
        if (!(value instanceof List<?>) || names.contains("")) {
            throw new OpFailure(
                    Outcome.SCRIPT, "linkQualifiers at " + script.place() + " must return a list of names.", null);
        }
        return names.stream().distinct().toList();
    }
}
