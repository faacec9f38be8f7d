package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.record.Resource;
import dev.concord.system.Write;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an undo knows of the targets that it wrote itself, so that it does not take for the work of others what it did:
 * a run may have written one target several times. Belongs to one attempt at a page.
 */
final class OwnWrites {

    private static final Set<Measure> WRITES = EnumSet.of(Measure.CREATED, Measure.UPDATED, Measure.DELETED);

    private final RunContext context;
    private final Rewritten rewritten;
    private final Rewritten here;

    /** @param here what an undo that only looks would have written in this attempt at the page */
    OwnWrites(RunContext context, Rewritten here) {
        this.context = context;
        this.rewritten = context.memory().rewritten;
        this.here = here;
    }

    /** What a target is called in the memory of an undo. */
    private String name(String targetId) {
        return "target " + context.links().type().targetKey(targetId).text();
    }

    /**
     * Whether an undo that only looks would have written the target before it came here, so that the target as it is
     * now says nothing.
     */
    boolean isAssumed(Entry entry) {
        String id = entry.targetId();
        return context.looking() && id != null && (rewritten.has(name(id)) || here.has(name(id)));
    }

    /** Whether nobody but the run and this undo had a part in what the target is. */
    boolean isCertain(Entry entry, Resource now) {
        return isAsLeft(entry, now) || rewritten.has(name(now.id()), now.revision());
    }

    /** Whether the revision says that the target is as the run left it. */
    boolean isAsLeft(Entry entry, Resource now) {
        String left = entry.trace().revision();
        return left != null && left.equals(now.revision()) && !rewritten.isDoubted(name(now.id()));
    }

    void assume(Op op) {
        if (context.looking() && op.targetId != null) {
            here.note(name(op.targetId));
        }
    }

    void remember(Op op) {
        String id = op.targetId;
        if (id == null) {
            return;
        }
        switch (op.write) {
            case Write.Create create -> note(id, op.revision);
            case Write.Update update ->
                remember(
                        id,
                        update.before().revision(),
                        op.revision,
                        Objects.requireNonNull(op.undone).trace().revision());
            case Write.Delete delete -> {}
            case null -> {
                if (context.looking()) {
                    rewritten.note(name(id));
                }
            }
        }
    }

    /** Only a target that nobody else had written can be told from one that others write from now on. */
    private void remember(String id, @Nullable String before, @Nullable String after, @Nullable String left) {
        if (before != null && (before.equals(left) || rewritten.has(name(id), before))) {
            note(id, after);
        }
    }

    private void note(String id, @Nullable String revision) {
        if (revision != null) {
            rewritten.note(name(id), revision);
        }
    }

    /** What an entry did to its target stays; from now on nobody can tell it from what others write. */
    void doubt(Entry undone) {
        String id = undone.targetId();
        List<Measure> effects = undone.trace().effects();
        if (id != null && WRITES.stream().anyMatch(effects::contains)) {
            rewritten.doubt(name(id));
        }
    }

    /** Takes note of an op of this undo from before it was interrupted. */
    void remember(Entry did, Entry undone) {
        String id = did.targetId();
        String after = did.trace().revision();
        if (id == null) {
            return;
        }
        if (did.outcome().isFailure()) {
            doubt(undone);
            return;
        }
        if (context.looking()) {
            rewritten.note(name(id));
        } else if (did.trace().effects().contains(Measure.CREATED)) {
            note(id, after);
        } else if (did.trace().effects().contains(Measure.UPDATED)) {
            remember(id, before(after), after, undone.trace().revision());
        }
    }

    /** The revision before, where they are counted. */
    private static @Nullable String before(@Nullable String revision) {
        try {
            return revision == null ? null : String.valueOf(Long.parseLong(revision) - 1);
        } catch (NumberFormatException notCounted) {
            return null;
        }
    }
}
