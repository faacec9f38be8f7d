package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.mapping.Hook;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import dev.concord.system.Write;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an op that was decided by an earlier attempt, as far as they differ: the target is written as was
 * decided, whatever rows and scripts say by now. Scripts run again all the same, because what they did to the platform
 * database went with the transaction of that attempt. Belongs to one attempt at a page.
 */
final class IntendedSteps {

    private final RunContext context;
    private final TargetSteps targets;
    private final Hooks hooks;

    IntendedSteps(RunContext context, TargetSteps targets, Hooks hooks) {
        this.context = context;
        this.targets = targets;
        this.hooks = hooks;
    }

    /** Does a step, if it is one that an intent changes. */
    boolean does(Step step, ActionProgress progress) {
        Intent intent = progress.op.intent;
        if (intent == null) {
            return false;
        }
        progress.wroteElsewhere = true;
        switch (step) {
            case PROJECT -> again(progress, () -> targets.project(progress));
            case ON_MAPPING -> again(Hook.ON_MAPPING, progress);
            case ON_CREATE -> again(Hook.ON_CREATE, progress);
            case ON_UPDATE -> again(Hook.ON_UPDATE, progress);
            case CREATE_TARGET, UPDATE_TARGET, DELETE_TARGET -> write(intent, progress);
            case ON_LINK, CREATE_LINK, TAKE_OVER, REPOINT_LINK, POST_MAPPING, ON_DELETE, ON_UNLINK, REMOVE_LINK -> {
                return false;
            }
        }
        return true;
    }

    private void again(Hook hook, ActionProgress progress) {
        again(progress, () -> hooks.run(hook, progress.op, progress.wanted, progress.before));
    }

    /** What a script says now is not asked for, not even that it fails. Without its source it cannot be run. */
    private static void again(ActionProgress progress, Runnable script) {
        if (progress.op.source != null) {
            OpFailure.of(script);
        }
    }

    private void write(Intent intent, ActionProgress progress) {
        Op op = progress.op;
        op.write = intent.write();
        op.differences = intent.changes(context.target());
        switch (intent.write()) {
            case Write.Create create -> {
                Map<String, @Nullable Object> content = complete(intent, create.content(), progress.wanted);
                op.choseId = create.id() != null;
                Resource created = progress.effects.createTarget(create.id(), content);
                progress.digests = intent.digests();
                op.targetId = created.id();
                op.targetWritten = created;
                progress.wanted = content;
                op.effects.add(Measure.CREATED);
                TargetSteps.showId(progress, created.id());
            }
            case Write.Update update -> {
                Map<String, @Nullable Object> content = complete(intent, update.content(), progress.wanted);
                Resource before = update.before();
                progress.effects.updateTarget(before, content);
                op.targetWritten = new Resource(before.id(), null, content);
                progress.wanted = content;
                op.effects.add(Measure.UPDATED);
                TargetSteps.remember(intent.digests(), progress);
                TargetSteps.showId(progress, before.id());
            }
            case Write.Delete delete -> {
                Resource before = Objects.requireNonNull(intent.before());
                progress.effects.deleteTarget(before);
                op.effects.add(Measure.DELETED);
            }
        }
        op.shown.add(progress.wanted);
    }

    /** Adds the values that were not kept, as they come out of the source now. */
    private static Map<String, @Nullable Object> complete(
            Intent intent, Map<String, @Nullable Object> content, Map<String, @Nullable Object> projected) {
        if (intent.withheld().isEmpty()) {
            return content;
        }
        Map<String, @Nullable Object> complete = new LinkedHashMap<>(content);
        intent.withheld()
                .forEach(name ->
                        complete.put(name, projected.containsKey(name) ? projected.get(name) : IntentText.WITHHELD));
        return complete;
    }
}
