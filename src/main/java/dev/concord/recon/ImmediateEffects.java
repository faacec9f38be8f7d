package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.ledger.Task;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Does each effect at once, in the transaction of the page; whoever runs the op sets the savepoint that undoes them.
 */
final class ImmediateEffects implements Effects {

    private final Op op;
    private final ObjectSet target;
    private final UnaryWrite writing;
    private final Links links;
    private final boolean linking;
    private @Nullable String createdId;

    /**
     * @param writing writes to the target
     * @param linking whether a target that is created gets a link
     */
    ImmediateEffects(Op op, ObjectSet target, UnaryWrite writing, Links links, boolean linking) {
        this.linking = linking;
        this.op = op;
        this.target = target;
        this.writing = writing;
        this.links = links;
    }

    /** How a single write is done. */
    @FunctionalInterface
    interface UnaryWrite {
        WriteOutcome write(Write write);
    }

    /** A write broke a unique value of another object. A planned delete may give it free later in the run. */
    static final class UniqueTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UniqueTaken(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public Resource createTarget(@Nullable String id, Map<String, @Nullable Object> content) {
        if (id != null && linking && op.choseId) {
            List<Link> waiting = linksTo(links.type().targetKey(id));
            if (isTaken(waiting)) {
                throw taken(id);
            }
            Traces.noteWaiting(op, waiting);
        }
        Resource created = write(new Write.Create(id, content));
        if (created == null) {
            throw new IllegalStateException("The set " + target.name() + " created an object and did not return it.");
        }
        createdId = created.id();
        return created;
    }

    @Override
    public void updateTarget(Resource before, Map<String, @Nullable Object> content) {
        write(new Write.Update(before, content));
    }

    @Override
    public void deleteTarget(Resource before) {
        write(new Write.Delete(before.id(), before.revision()));
    }

    @Override
    public void createLink(Link link) {
        claiming(link, () -> links.create(List.of(link)));
    }

    @Override
    public void repointLink(Link before, Link after) {
        claiming(after, () -> {
            if (!links.repoint(before, after)) {
                throw new PageRepeat("The link changed while it was looked at.");
            }
        });
    }

    /**
     * A link that others were faster to make is looked at again; one that waited for a target of the new one's id will
     * still be there.
     */
    private void claiming(Link link, Runnable write) {
        try {
            TaskClock.time(Task.WRITE, write);
        } catch (DuplicateKeyException taken) {
            if (createdId != null && createdId.equals(link.targetId()) && isTaken(linksTo(link.targetKey()))) {
                throw taken(createdId);
            }
            throw taken;
        }
    }

    private List<Link> linksTo(CompareKey targetKey) {
        return links.ofTargets(List.of(targetKey)).getOrDefault(targetKey, List.of());
    }

    /** Whether another source has the place of the link that this op wants. */
    private boolean isTaken(List<Link> links) {
        CompareKey own = op.sourceId == null ? null : this.links.type().sourceKey(op.sourceId);
        return links.stream()
                .anyMatch(link -> link.qualifier().equals(op.qualifier)
                        && !link.sourceKey().equals(own));
    }

    private static OpFailure taken(String id) {
        return new OpFailure(
                Outcome.DATA,
                "The new target cannot have the id " + id + ": another source is linked to this id.",
                null);
    }

    @Override
    public void removeLink(Link link) {
        TaskClock.time(Task.WRITE, () -> links.remove(List.of(link)));
    }

    @Override
    public void makeVisible() {
        // Everything is written at once, so everything is visible.
    }

    private @Nullable Resource write(Write write) {
        WriteOutcome outcome = TaskClock.time(Task.WRITE, () -> writing.write(write));
        return switch (outcome) {
            case WriteOutcome.Written written -> {
                Traces.note(op, written.resource());
                yield written.resource();
            }
            case WriteOutcome.Stale stale -> throw new PageRepeat("The target changed while it was looked at.");
            case WriteOutcome.Rejected rejected -> throw rejection(rejected);
            case WriteOutcome.NotDone never -> throw new IllegalStateException("A single write waits for no other.");
        };
    }

    private RuntimeException rejection(WriteOutcome.Rejected rejected) {
        String message = target.name() + " refused the write: " + rejected.message();
        return rejected.kind() == WriteOutcome.Kind.UNIQUE
                ? new UniqueTaken(message)
                : new OpFailure(Outcome.TARGET, message, null);
    }
}
