package dev.concord.recon;

import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Rule;
import dev.concord.mapping.ScriptSource;
import dev.concord.mapping.Situation;
import dev.concord.record.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the scripts that a mapping hangs onto the steps of an action. A hook that is not configured does nothing. */
final class Hooks {

    private final RunContext context;
    private final Verdicts verdicts;

    Hooks(RunContext context, Verdicts verdicts) {
        this.context = context;
        this.verdicts = verdicts;
    }

    boolean has(Hook hook) {
        return context.mapping().hooks().containsKey(hook);
    }

    /**
     * Runs a hook of an op.
     *
     * @param target the target object that the hook sees as {@code target}; hooks that may change it change this one
     * @param before the target as it was, or null
     */
    void run(Hook hook, Op op, @Nullable Map<String, @Nullable Object> target, @Nullable Resource before) {
        ScriptSource script = context.mapping().hooks().get(hook);
        if (script == null) {
            return;
        }
        Map<String, @Nullable Object> old = before == null ? null : before.view();
        Map<String, @Nullable Object> scope = verdicts.scope(op);
        scope.put("source", op.source == null ? null : op.source.view());
        scope.put("target", target);
        scope.put("mappingConfig", Verdicts.mappingConfig(context.mapping()));
        switch (hook) {
            case ON_MAPPING, POST_MAPPING -> {
                scope.put("oldSource", null);
                scope.put("existingTarget", old);
            }
            case ON_UPDATE, ON_DELETE -> {
                putIdentity(scope, op);
                scope.put("oldTarget", old);
            }
            case ON_CREATE, ON_LINK, ON_UNLINK -> putIdentity(scope, op);
            case ON_ERROR, RESULT, ON_RECON -> throw new IllegalArgumentException(hook + " is no step of an action.");
        }
        context.scripts().run(script, scope, mayChangeTarget(hook) ? Set.of("target") : Set.of(), verdicts.objects(op));
    }

    /** Runs the script for ops that failed. */
    void onError(Op op) {
        ScriptSource script = context.mapping().hooks().get(Hook.ON_ERROR);
        if (script == null) {
            return;
        }
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("kind", op.outcome.name());
        error.put("message", op.message);
        error.put("detail", op.detail);
        Map<String, @Nullable Object> scope = verdicts.scope(op);
        scope.put("source", op.source == null ? null : op.source.view());
        scope.put("oldSource", null);
        scope.put("target", op.targetBefore == null ? null : op.targetBefore.view());
        putIdentity(scope, op);
        scope.put("mappingConfig", Verdicts.mappingConfig(context.mapping()));
        scope.put("error", error);
        context.scripts().run(script, scope, verdicts.objects(op));
    }

    private static void putIdentity(Map<String, @Nullable Object> scope, Op op) {
        scope.put(
                "situation",
                op.assessment == null ? null : op.assessment.situation().name());
        scope.put("sourceId", op.sourceId);
        scope.put("targetId", op.targetId);
    }

    /** Runs a rule's script after its action. */
    void postAction(Rule rule, Op op, Situation situation, Action action, @Nullable Resource target) {
        if (rule.postAction() == null) {
            return;
        }
        Map<String, @Nullable Object> scope = verdicts.scope(op);
        scope.put("source", op.source == null ? null : op.source.view());
        scope.put("target", target == null ? null : target.view());
        scope.put("action", action.name());
        scope.put("sourceAction", op.phase == Phase.SOURCE);
        scope.put("reconId", context.run().id());
        scope.put("situation", situation.name());
        scope.put("actionParam", verdicts.actionParameters(op, situation, action));
        context.scripts().run(rule.postAction(), scope, verdicts.objects(op));
    }

    private static boolean mayChangeTarget(Hook hook) {
        return switch (hook) {
            case ON_CREATE, ON_UPDATE, ON_MAPPING -> true;
            case ON_DELETE, ON_LINK, ON_UNLINK, ON_ERROR, POST_MAPPING, RESULT, ON_RECON -> false;
        };
    }
}
