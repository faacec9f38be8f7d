package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Trace;
import dev.concord.mapping.Action;
import dev.concord.situation.Assessment;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Takes back what an op of another run did, as long as nobody has changed it since. Neither rules nor rows nor scripts
 * have a say in that. First everything is looked at, then everything is written: target and links go back together or
 * not at all. Belongs to one attempt at a page.
 */
final class Reversal {

    private final OwnWrites own;
    private final UnchangedTarget unchanged;
    private final TargetReversal targets;
    private final LinkReversal links;

    /** Targets that are written by this attempt, when it writes all at once. */
    private final Set<String> written = new HashSet<>();

    Reversal(RunContext context) {
        Rewritten here = context.looking() ? new Rewritten() : context.memory().rewritten;
        this.own = new OwnWrites(context, here);
        this.unchanged = new UnchangedTarget(context.target(), own);
        this.targets = new TargetReversal(context, own);
        this.links = new LinkReversal(context, here);
    }

    /** Why a record is left as it is. */
    static OpFailure changed(String what) {
        return new OpFailure(Outcome.CHANGED, what + " The record was left as it is.", null);
    }

    void decide(Op op, PageView view, Effects effects) {
        Entry entry = Objects.requireNonNull(op.undone);
        op.assessment = new Assessment(
                Objects.requireNonNull(entry.situation()),
                "Another run did something about it.",
                entry.targetId(),
                List.of(),
                null);
        op.action = inverse(entry.trace());
        op.targetId = entry.targetId();
        op.targetBefore = op.targetId == null ? null : view.target(op.targetId);
        if (op.targetId != null && written.contains(op.targetId)) {
            throw new PageRepeat("What was done to the target before can only be judged once this is taken back.");
        }
        boolean done = OpFailure.contain(op, () -> {
            if (op.targetId != null && view.isUnreadable(op.targetId)) {
                throw new OpFailure(Outcome.TARGET, "The target exists, but its attributes cannot be read.", null);
            }
            unchanged.check(op, entry, view);
            List<LinkReversal.Change> changes = links.check(op, entry, view);
            String newId = targets.write(op, entry, view, effects);
            links.write(op, changes, newId, view, effects);
            if (op.effects.isEmpty()) {
                op.effects.add(Measure.UNCHANGED);
            }
            own.assume(op);
            links.remember(op.linkChanges, op.qualifier, true);
            rememberWritten(op);
        });
        if (op.write != null && op.targetId != null) {
            written.add(op.targetId);
        }
        if (!done) {
            own.doubt(entry);
        }
    }

    /** Comes to the end that was decided before the run was interrupted. */
    void resume(Op op, Intent decided, ActionRunner runner, PageView view, Effects effects) {
        Entry entry = Objects.requireNonNull(op.undone);
        op.resume(decided);
        OpFailure.contain(op, () -> {
            List<LinkReversal.Change> changes = links.check(op, entry, view);
            runner.writeIntended(op, view, effects);
            String newId = Objects.equals(op.targetId, entry.targetId()) ? null : op.targetId;
            links.write(op, changes, newId, view, effects);
            rememberWritten(op);
        });
    }

    /** Where ops are written one by one, those that follow in the page must know. */
    private void rememberWritten(Op op) {
        if (op.revision != null) {
            own.remember(op);
        }
    }

    /** Takes note of what an op did, once it is written. */
    void remember(Op op) {
        if (!op.failed()) {
            own.remember(op);
            links.remember(op.linkChanges, op.qualifier, false);
        }
    }

    /** Takes note of what this undo did before it was interrupted; {@code undone} is the entry that it took back. */
    void remember(Entry did, Entry undone) {
        own.remember(did, undone);
        links.remember(did.trace().links(), did.qualifier(), false);
    }

    /** What taking back amounts to. */
    private static Action inverse(Trace trace) {
        if (trace.effects().contains(Measure.CREATED)) {
            return Action.DELETE;
        }
        if (trace.effects().contains(Measure.DELETED)) {
            return Action.CREATE;
        }
        if (trace.effects().contains(Measure.UPDATED)) {
            return Action.UPDATE;
        }
        return trace.links().stream().anyMatch(change -> change.before() != null) ? Action.LINK : Action.UNLINK;
    }
}
