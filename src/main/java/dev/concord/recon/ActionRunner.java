package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Rule;
import dev.concord.projection.Projection;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs the steps of an action for one op. Belongs to one attempt at a page. */
final class ActionRunner {

    private final RunContext context;
    private final Verdicts verdicts;
    private final Hooks hooks;

    ActionRunner(RunContext context, Verdicts verdicts) {
        this.context = context;
        this.verdicts = verdicts;
        this.hooks = new Hooks(context, verdicts);
    }

    /** What passes from step to step. */
    private static final class Progress {
        private final Op op;
        private final Effects effects;
        private final boolean looking;
        private final @Nullable Link link;
        private final @Nullable Resource before;
        private Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        private @Nullable String wantedId;

        Progress(Op op, PageView view, Effects effects, boolean looking) {
            this.op = op;
            this.effects = effects;
            this.looking = looking;
            this.link = OpDecider.ownLink(op, view);
            this.before = op.targetBefore;
            if (before != null) {
                wanted = JsonValues.copyOf(before.content());
            }
        }
    }

    /**
     * Runs steps in their order.
     *
     * @param looking whether to leave out the scripts that belong to a change that really happens
     */
    void run(Op op, List<Step> steps, PageView view, Effects effects, boolean looking) {
        Progress progress = new Progress(op, view, effects, looking);
        Witness witness = verdicts.witness();
        witness.steps(op, steps);
        for (Step step : steps) {
            witness.step(op, step, progress.wanted);
            switch (step) {
                case PROJECT -> project(progress);
                case ON_MAPPING -> hook(Hook.ON_MAPPING, progress);
                case ON_CREATE -> hook(Hook.ON_CREATE, progress);
                case CREATE_TARGET -> createTarget(progress);
                case ON_UPDATE -> hook(Hook.ON_UPDATE, progress);
                case UPDATE_TARGET -> updateTarget(progress);
                case ON_LINK -> hookOfChange(Hook.ON_LINK, progress);
                case CREATE_LINK -> createLink(progress);
                case REPOINT_LINK -> repointLink(progress);
                case POST_MAPPING -> hookOfChange(Hook.POST_MAPPING, progress);
                case ON_DELETE -> hookOfChange(Hook.ON_DELETE, progress);
                case DELETE_TARGET -> deleteTarget(progress);
                case ON_UNLINK -> hookOfChange(Hook.ON_UNLINK, progress);
                case REMOVE_LINK -> removeLink(progress);
            }
        }
    }

    /** Runs a rule's script after its action; when it fails the op fails, but nothing is undone. */
    void postAction(Rule rule, Op op, Action action, PageView view) {
        String targetId = op.targetId;
        Resource target = targetId == null ? null : view.target(targetId);
        List<Measure> done = List.copyOf(op.effects);
        var differences = op.differences;
        boolean well = OpFailure.contain(
                op,
                () -> hooks.postAction(
                        rule, op, Objects.requireNonNull(op.assessment).situation(), action, target));
        if (!well) {
            op.targetId = targetId;
            op.effects.addAll(done);
            op.differences = differences;
        }
    }

    private void hook(Hook hook, Progress progress) {
        hooks.run(hook, progress.op, progress.wanted, progress.before);
    }

    /** A hook that only runs where something really changes, and that sees what was written before it. */
    private void hookOfChange(Hook hook, Progress progress) {
        if (!progress.looking && hooks.has(hook)) {
            progress.effects.makeVisible();
            hooks.run(hook, progress.op, progress.wanted, progress.before);
        }
    }

    private void project(Progress progress) {
        Resource source = Objects.requireNonNull(progress.op.source);
        Projection.Scope scope = new Projection.Scope(
                source.view(),
                progress.before == null ? null : progress.before.view(),
                progress.op.qualifier,
                verdicts.scriptContext(progress.op),
                verdicts.objects());
        context.projection()
                .apply(
                        context.mapping().properties(),
                        progress.wanted,
                        scope,
                        verdicts.witness().rows(progress.op));
    }

    private void takeId(Progress progress) {
        Object id = progress.wanted.remove("_id");
        progress.wanted.remove("_rev");
        if (id != null && !(id instanceof String)) {
            throw new OpFailure(Outcome.DATA, "The mapped _id must be a string.", null);
        }
        progress.wantedId = (String) id;
    }

    private void createTarget(Progress progress) {
        takeId(progress);
        String id = progress.wantedId;
        if (id == null && context.target().schema().clientIds()) {
            id = generatedId(progress.op);
        }
        progress.op.differences = difference(Map.of(), progress.wanted).changes();
        Resource created = progress.effects.createTarget(id, progress.wanted);
        if (!progress.looking) {
            progress.op.targetId = created.id();
        }
        progress.op.effects.add(Measure.CREATED);
    }

    /** The same id however often the record is done again in this run. */
    private String generatedId(Op op) {
        String name =
                context.run().id() + "\n" + context.links().type().name() + "\n" + op.qualifier + "\n" + op.sourceId;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void updateTarget(Progress progress) {
        takeId(progress);
        Resource before = Objects.requireNonNull(progress.before);
        if (progress.wantedId != null && !progress.wantedId.equals(before.id())) {
            throw new OpFailure(Outcome.DATA, "The _id of a target must not change.", null);
        }
        Difference difference = difference(before.content(), context.target().asStored(progress.wanted));
        progress.op.differences = difference.changes();
        if (difference.isEmpty()) {
            progress.op.effects.add(Measure.UNCHANGED);
        } else {
            progress.effects.updateTarget(before, progress.wanted);
            progress.op.effects.add(Measure.UPDATED);
        }
    }

    private void deleteTarget(Progress progress) {
        Resource before = Objects.requireNonNull(progress.before);
        progress.op.differences = difference(before.content(), Map.of()).changes();
        progress.effects.deleteTarget(before);
        progress.op.effects.add(Measure.DELETED);
    }

    private void createLink(Progress progress) {
        if (!progress.looking) {
            progress.effects.createLink(newLink(progress.op));
        }
        progress.op.effects.add(Measure.LINKS_CREATED);
    }

    private void repointLink(Progress progress) {
        Link link = Objects.requireNonNull(progress.link);
        if (!progress.looking) {
            Link wanted = newLink(progress.op);
            progress.effects.repointLink(link, link.pointingTo(wanted.targetId(), wanted.targetKey()));
        }
        progress.op.effects.add(Measure.LINKS_REPOINTED);
    }

    private void removeLink(Progress progress) {
        progress.effects.removeLink(Objects.requireNonNull(progress.link));
        progress.op.effects.add(Measure.LINKS_REMOVED);
    }

    private Link newLink(Op op) {
        return context.links()
                .type()
                .link(op.qualifier, Objects.requireNonNull(op.sourceId), Objects.requireNonNull(op.targetId));
    }

    private Difference difference(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        return Difference.between(before, after, context.target().schema()::isUnordered);
    }
}
