package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Rule;
import dev.concord.projection.Projection;
import dev.concord.projection.RowFailure;
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
        private final PageView view;
        private final Effects effects;
        private final boolean looking;
        private final @Nullable Link link;
        private final @Nullable Resource before;
        private Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        private @Nullable String wantedId;
        private boolean wroteElsewhere;
        private @Nullable OpFailure failure;
        private @Nullable Link current;
        private Map<String, String> digests = Map.of();

        Progress(Op op, PageView view, Effects effects, boolean looking) {
            this.op = op;
            this.view = view;
            this.effects = effects;
            this.looking = looking;
            this.link = OpDecider.ownLink(op, view);
            this.current = link;
            this.before = op.targetBefore;
            if (before != null) {
                wanted.put("_id", before.id());
                wanted.putAll(JsonValues.copyOf(before.content()));
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
                case TAKE_OVER -> takeOver(progress);
                case REPOINT_LINK -> repointLink(progress);
                case POST_MAPPING -> hookOfChange(Hook.POST_MAPPING, progress);
                case ON_DELETE -> hookOfChange(Hook.ON_DELETE, progress);
                case DELETE_TARGET -> deleteTarget(progress);
                case ON_UNLINK -> hookOfChange(Hook.ON_UNLINK, progress);
                case REMOVE_LINK -> removeLink(progress);
            }
        }
        failsAfterwards(op, progress.failure);
    }

    /** Runs a rule's script after its action; when it fails the op fails, but nothing is undone. */
    void postAction(Rule rule, Op op, Action action, PageView view) {
        Resource target = op.targetWritten != null || op.targetId == null ? op.targetWritten : view.target(op.targetId);
        failsAfterwards(
                op,
                OpFailure.of(() -> hooks.postAction(
                        rule, op, Objects.requireNonNull(op.assessment).situation(), action, target)));
    }

    /** Runs the script for ops that failed; when it fails itself, the op's failure says so. */
    void onError(Op op) {
        OpFailure failure = OpFailure.of(() -> hooks.onError(op));
        if (failure != null) {
            op.say("onError failed, too: " + failure.getMessage());
            if (op.detail == null) {
                op.detail = failure.detail();
            }
        }
    }

    private static void failsAfterwards(Op op, @Nullable OpFailure failure) {
        if (failure != null) {
            op.failAfterwards(failure.blame(), String.valueOf(failure.getMessage()), failure.detail());
        }
    }

    private void hook(Hook hook, Progress progress) {
        hooks.run(hook, progress.op, progress.wanted, progress.before);
    }

    /**
     * A hook that only runs where something really changes, and that sees what was written before it. Where the target
     * is written already and cannot be taken back, its failure does not keep the link from following the target.
     */
    private void hookOfChange(Hook hook, Progress progress) {
        if (progress.looking || !hooks.has(hook) || progress.failure != null) {
            return;
        }
        progress.effects.makeVisible();
        Runnable run = () -> hooks.run(hook, progress.op, progress.wanted, progress.before);
        if (progress.wroteElsewhere) {
            progress.failure = OpFailure.of(run);
        } else {
            run.run();
        }
    }

    private void wroteTarget(Progress progress) {
        progress.wroteElsewhere = !progress.looking && !context.target().inPlatformDatabase();
    }

    /** Hooks that follow the write see the target with its id, as they would read it. */
    private static void showId(Progress progress, String id) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("_id", id);
        shown.putAll(progress.wanted);
        progress.wanted = shown;
    }

    private void project(Progress progress) {
        Resource source = Objects.requireNonNull(progress.op.source);
        Projection.Scope scope = new Projection.Scope(
                source.view(),
                progress.before == null ? null : progress.before.view(),
                progress.op.qualifier,
                verdicts.scriptContext(progress.op),
                verdicts.objects(progress.op));
        try {
            context.projection()
                    .apply(
                            context.mapping().properties(),
                            progress.wanted,
                            scope,
                            verdicts.witness().rows(progress.op));
        } catch (RowFailure failure) {
            if (context.target().schema().isSensitive(failure.target().attribute())) {
                // What a script says of a secret may be the secret in another spelling.
                throw new OpFailure(Outcome.SCRIPT, String.valueOf(failure.getMessage()), null);
            }
            throw failure;
        } finally {
            // Scripts that follow can put its secrets into their errors.
            progress.op.shown.add(progress.wanted);
        }
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
        Map<String, @Nullable Object> clear = context.secrets().clear(progress.wanted);
        progress.op.shown.add(clear);
        progress.wanted = context.target().sealed(progress.wanted, null);
        progress.op.shown.add(progress.wanted);
        progress.op.differences = difference(Map.of(), progress.wanted).changes();
        Resource created = progress.effects.createTarget(id, progress.wanted);
        progress.digests = context.secrets().digests(Map.of(), clear, progress.wanted, created.id());
        if (!progress.looking) {
            progress.op.targetId = created.id();
            progress.op.targetWritten = created;
            showId(progress, created.id());
        }
        wroteTarget(progress);
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
        Map<String, @Nullable Object> clear = context.secrets().clear(progress.wanted);
        progress.op.shown.add(clear);
        context.secrets().takeBackKnown(progress.wanted, before, progress.current);
        progress.wanted = context.target().sealed(progress.wanted, before);
        progress.op.shown.add(progress.wanted);
        before = context.secrets().withUnreadable(before, progress.wanted, progress.current);
        Difference difference = difference(before.content(), context.target().asStored(progress.wanted));
        progress.op.differences = difference.changes();
        if (difference.isEmpty()) {
            progress.op.effects.add(Measure.UNCHANGED);
        } else {
            progress.effects.updateTarget(before, progress.wanted);
            progress.op.targetWritten = new Resource(before.id(), null, progress.wanted);
            progress.op.effects.add(Measure.UPDATED);
            wroteTarget(progress);
        }
        remember(clear, before.id(), progress);
        showId(progress, before.id());
    }

    /** Lets the link remember what was written, if that is something new. */
    private void remember(Map<String, @Nullable Object> clear, String targetId, Progress progress) {
        Link link = progress.current;
        if (link == null || progress.looking) {
            return;
        }
        Map<String, String> digests = context.secrets().digests(link.digests(), clear, progress.wanted, targetId);
        if (!digests.equals(link.digests())) {
            Link remembering = link.remembering(digests);
            progress.effects.repointLink(link, remembering);
            progress.current = remembering;
        }
    }

    private void deleteTarget(Progress progress) {
        Resource before = Objects.requireNonNull(progress.before);
        progress.op.differences = difference(before.content(), Map.of()).changes();
        progress.effects.deleteTarget(before);
        wroteTarget(progress);
        progress.op.effects.add(Measure.DELETED);
    }

    private void createLink(Progress progress) {
        if (!progress.looking) {
            Link created = newLink(progress.op).with(progress.digests);
            progress.effects.createLink(created);
            progress.current = created;
        }
        progress.op.effects.add(Measure.LINKS_CREATED);
    }

    private void repointLink(Progress progress) {
        Link link = Objects.requireNonNull(progress.link);
        if (!progress.looking) {
            Link wanted = newLink(progress.op);
            Link pointed =
                    link.pointingTo(wanted.targetId(), wanted.targetKey()).with(progress.digests);
            progress.effects.repointLink(link, pointed);
            progress.current = pointed;
        }
        progress.op.effects.add(Measure.LINKS_REPOINTED);
    }

    private void removeLink(Progress progress) {
        progress.effects.removeLink(Objects.requireNonNull(progress.link));
        progress.op.effects.add(Measure.LINKS_REMOVED);
    }

    private void takeOver(Progress progress) {
        Op op = progress.op;
        Link other = Objects.requireNonNull(progress.view.linkOfTarget(String.valueOf(op.targetId), op.qualifier));
        if (!progress.looking && hooks.has(Hook.ON_UNLINK)) {
            progress.effects.makeVisible();
            Resource source =
                    Fetched.of(context.source(), List.of(other.sourceId())).get(other.sourceId());
            Op loser = new Op(op.phase, op.qualifier, other.sourceId(), source, null);
            loser.targetId = op.targetId;
            hooks.run(Hook.ON_UNLINK, loser, progress.wanted, progress.before);
        }
        progress.effects.removeLink(other);
        op.effects.add(Measure.LINKS_REMOVED);
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
