package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.link.Link;
import dev.concord.projection.Projection;
import dev.concord.projection.RowFailure;
import dev.concord.record.Difference;
import dev.concord.record.Draft;
import dev.concord.record.Resource;
import dev.concord.system.Write;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps of actions that make and write targets. Belongs to one attempt at a page. */
final class TargetSteps {

    private final RunContext context;
    private final Verdicts verdicts;
    private final AsPlanned plan;

    TargetSteps(RunContext context, Verdicts verdicts) {
        this.context = context;
        this.verdicts = verdicts;
        this.plan = new AsPlanned(context);
    }

    void project(ActionProgress progress) {
        if (progress.op.presumed) {
            // That the rows change nothing is what was presumed.
            return;
        }
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
            if (context.sight().target().isSensitive(failure.target().attribute())) {
                // What a script says of a secret may be the secret in another spelling.
                throw new OpFailure(Outcome.SCRIPT, String.valueOf(failure.getMessage()), null);
            }
            throw failure;
        } finally {
            // Scripts that follow can put its secrets into their errors.
            progress.op.shown.add(progress.wanted);
        }
    }

    /** Takes the id that rows and scripts want out of the content. */
    private static @Nullable String takeId(ActionProgress progress) {
        Object id = progress.wanted.remove("_id");
        progress.wanted.remove("_rev");
        if (id != null && !(id instanceof String)) {
            throw new OpFailure(Outcome.DATA, "The mapped _id must be a string.", null);
        }
        return (String) id;
    }

    void create(ActionProgress progress) {
        String id = takeId(progress);
        progress.op.choseId = id != null;
        if (id == null && context.target().schema().clientIds()) {
            id = generatedId(progress.op);
        }
        LinkSteps.checkLinkable(progress.op, id);
        Map<String, @Nullable Object> clear = context.secrets().clear(progress.wanted);
        progress.op.shown.add(clear);
        Map<String, @Nullable Object> unsealed = progress.wanted;
        progress.wanted = context.target().sealed(unsealed, null);
        progress.op.shown.add(progress.wanted);
        progress.op.differences = difference(Map.of(), progress.wanted).changes();
        plan.checkDifferences(progress.op, unsealed);
        intend(progress, new Write.Create(id, progress.wanted), id == null ? Map.of() : digests(progress, clear, id));
        Resource created = progress.effects.createTarget(id, progress.wanted);
        progress.digests = digests(progress, clear, created.id());
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

    void update(ActionProgress progress) {
        if (progress.wanted instanceof Draft draft
                && draft.isUntouched()
                && !context.secrets().areComparedByDigests()) {
            plan.checkDifferences(progress.op, draft);
            progress.op.effects.add(Measure.UNCHANGED);
            return;
        }
        String id = takeId(progress);
        Resource before = Objects.requireNonNull(progress.before);
        if (id != null && !id.equals(before.id())) {
            throw new OpFailure(Outcome.DATA, "The _id of a target must not change.", null);
        }
        Map<String, @Nullable Object> clear = context.secrets().clear(progress.wanted);
        progress.op.shown.add(clear);
        context.secrets().takeBackKnown(progress.wanted, before, progress.current);
        Map<String, @Nullable Object> unsealed = progress.wanted;
        progress.wanted = context.target().sealed(unsealed, before);
        progress.op.shown.add(progress.wanted);
        before = context.secrets().withUnreadable(before, progress.wanted, progress.current);
        Difference difference = difference(before.content(), context.target().asStored(progress.wanted));
        progress.op.differences = difference.changes();
        plan.checkDifferences(progress.op, unsealed);
        Map<String, String> digests = digests(progress, clear, before.id());
        if (difference.isEmpty()) {
            progress.op.effects.add(Measure.UNCHANGED);
        } else {
            intend(progress, new Write.Update(before, progress.wanted), digests);
            progress.effects.updateTarget(before, progress.wanted);
            progress.op.targetWritten = new Resource(before.id(), null, progress.wanted);
            progress.op.effects.add(Measure.UPDATED);
            wroteTarget(progress);
        }
        remember(digests, progress);
        showId(progress, before.id());
    }

    /** Lets the link remember what was written, if that is something new. */
    static void remember(Map<String, String> digests, ActionProgress progress) {
        Link link = progress.current;
        if (link != null && !progress.looking && !digests.equals(link.digests())) {
            Link remembering = link.remembering(digests);
            progress.effects.repointLink(link, remembering);
            progress.current = remembering;
        }
    }

    /** What the link has to remember of the target's secrets. */
    private Map<String, String> digests(ActionProgress progress, Map<String, @Nullable Object> clear, String targetId) {
        Link link = progress.before == null ? null : progress.current;
        return context.secrets().digests(link == null ? Map.of() : link.digests(), clear, progress.wanted, targetId);
    }

    /** Takes note of what is about to be written. */
    private static void intend(ActionProgress progress, Write write, Map<String, String> digests) {
        if (!progress.looking) {
            progress.op.write = write;
            progress.op.digests = digests;
        }
    }

    void delete(ActionProgress progress) {
        Resource before = Objects.requireNonNull(progress.before);
        intend(progress, new Write.Delete(before.id(), before.revision()), Map.of());
        progress.op.differences = difference(before.content(), Map.of()).changes();
        plan.checkDifferences(progress.op, Map.of());
        progress.effects.deleteTarget(before);
        wroteTarget(progress);
        progress.op.effects.add(Measure.DELETED);
    }

    /** Hooks that follow the write see the target with its id, as they would read it. */
    static void showId(ActionProgress progress, String id) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("_id", id);
        shown.putAll(progress.wanted);
        progress.wanted = shown;
    }

    private void wroteTarget(ActionProgress progress) {
        progress.wroteElsewhere = !progress.looking && !context.target().inPlatformDatabase();
    }

    private Difference difference(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        return Difference.between(before, after, context.target().schema()::isUnordered);
    }
}
