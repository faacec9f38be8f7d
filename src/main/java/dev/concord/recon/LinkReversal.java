package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Trace;
import dev.concord.ledger.Trace.Ends;
import dev.concord.link.Link;
import dev.concord.link.LinkType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The links' part of taking back what an op did. Belongs to one attempt at a page. */
final class LinkReversal {

    private final RunContext context;
    private final LinkType type;
    private final Rewritten rewritten;
    private final Rewritten here;

    /** @param here what an undo that only looks would have written in this attempt at the page */
    LinkReversal(RunContext context, Rewritten here) {
        this.context = context;
        this.type = context.links().type();
        this.rewritten = context.memory().rewritten;
        this.here = here;
    }

    /**
     * One change to make.
     *
     * @param current the link that is there, null for none
     * @param wanted what it shall join; null when it shall go
     */
    record Change(
            String qualifier,
            @Nullable Link current,
            @Nullable Ends wanted) {}

    /** The changes that take back those of an entry; makes sure that links and places are as the entry left them. */
    List<Change> check(Op op, Entry entry, PageView view) {
        List<Change> changes = new ArrayList<>();
        Set<Link> going = new HashSet<>();
        boolean gone = entry.trace().effects().contains(Measure.CREATED) && op.targetBefore == null;
        for (Trace.LinkChange did : entry.trace().links().reversed()) {
            String qualifier = Objects.requireNonNullElse(did.qualifier(), op.qualifier);
            Ends after = did.after();
            Ends before = did.before();
            if (after != null && after.equals(before)) {
                continue;
            }
            boolean assumed = isAssumed(after, qualifier) || isAssumed(before, qualifier);
            Link current = after == null ? null : view.linkOfSource(after.sourceId(), qualifier);
            if (after != null && !isPair(current, after)) {
                if (assumed) {
                    current = type.link(qualifier, after.sourceId(), after.targetId());
                } else if (current == null && before == null && gone) {
                    continue;
                } else {
                    throw Reversal.changed("Source " + after.sourceId() + " is "
                            + (current == null ? "not linked" : "linked to target " + current.targetId())
                            + " any more as the run left it.");
                }
            }
            if (current != null) {
                going.add(current);
            }
            if (before != null && !assumed) {
                checkFree(before, qualifier, view, going);
            }
            changes.add(new Change(qualifier, current, before));
        }
        return changes;
    }

    private boolean isPair(@Nullable Link link, Ends ends) {
        return link != null && link.targetKey().equals(type.targetKey(ends.targetId()));
    }

    private static void checkFree(Ends wanted, String qualifier, PageView view, Set<Link> going) {
        Link ofSource = view.linkOfSource(wanted.sourceId(), qualifier);
        if (ofSource != null && !going.contains(ofSource)) {
            throw Reversal.changed(
                    "Source " + wanted.sourceId() + " is linked to target " + ofSource.targetId() + " now.");
        }
        Link ofTarget = view.linkOfTarget(wanted.targetId(), qualifier);
        if (ofTarget != null && !going.contains(ofTarget)) {
            throw Reversal.changed(
                    "Target " + wanted.targetId() + " is linked to source " + ofTarget.sourceId() + " now.");
        }
    }

    /** @param newId what the target is called now, when it came back under another id; else null */
    void write(Op op, List<Change> changes, @Nullable String newId, PageView view, Effects effects) {
        String oldId = Objects.requireNonNull(op.undone).targetId();
        for (Change change : changes) {
            Link current = change.current();
            Ends wanted = change.wanted();
            if (wanted == null) {
                Link gone = Objects.requireNonNull(current);
                effects.removeLink(gone);
                op.changedLink(gone, null);
                op.effects.add(Measure.LINKS_REMOVED);
                continue;
            }
            String targetId = newId != null && wanted.targetId().equals(oldId) ? newId : wanted.targetId();
            if (current == null) {
                Link created = type.link(change.qualifier(), wanted.sourceId(), targetId);
                effects.createLink(created);
                op.changedLink(null, created);
                op.effects.add(Measure.LINKS_CREATED);
            } else {
                repoint(op, current, targetId, effects);
            }
        }
        if (oldId != null && op.effects.contains(Measure.CREATED)) {
            for (Link waiting : view.linksOfTarget(oldId)) {
                if (newId == null) {
                    op.changedLink(waiting, waiting);
                } else {
                    repoint(op, waiting, newId, effects);
                }
            }
        }
    }

    private void repoint(Op op, Link current, String targetId, Effects effects) {
        Link pointed = current.pointingTo(targetId, type.targetKey(targetId));
        effects.repointLink(current, pointed);
        op.changedLink(current, pointed);
        op.effects.add(Measure.LINKS_REPOINTED);
    }

    /** Whether an undo that only looks would have changed a link of one of these before it came here. */
    private boolean isAssumed(@Nullable Ends ends, String qualifier) {
        return ends != null
                && context.looking()
                && (isNoted(sourceName(ends, qualifier)) || isNoted(targetName(ends, qualifier)));
    }

    private boolean isNoted(String name) {
        return rewritten.has(name) || here.has(name);
    }

    /** Takes note of links that an undo that only looks would have changed. */
    void remember(List<Trace.LinkChange> changes, String opQualifier, boolean onlyHere) {
        if (context.looking()) {
            for (Trace.LinkChange change : changes) {
                String qualifier = Objects.requireNonNullElse(change.qualifier(), opQualifier);
                note(change.before(), qualifier, onlyHere ? here : rewritten);
                note(change.after(), qualifier, onlyHere ? here : rewritten);
            }
        }
    }

    private void note(@Nullable Ends ends, String qualifier, Rewritten notes) {
        if (ends != null) {
            notes.note(sourceName(ends, qualifier));
            notes.note(targetName(ends, qualifier));
        }
    }

    private String sourceName(Ends ends, String qualifier) {
        return "link of source " + qualifier + "/"
                + type.sourceKey(ends.sourceId()).text();
    }

    private String targetName(Ends ends, String qualifier) {
        return "link of target " + qualifier + "/"
                + type.targetKey(ends.targetId()).text();
    }
}
