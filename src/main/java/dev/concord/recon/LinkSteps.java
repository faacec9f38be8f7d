package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.link.Link;
import dev.concord.link.LinkType;
import dev.concord.mapping.Hook;
import dev.concord.record.Resource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of actions that make and move links. Belongs to one attempt at a page. */
final class LinkSteps {

    private final RunContext context;
    private final Hooks hooks;

    LinkSteps(RunContext context, Hooks hooks) {
        this.context = context;
        this.hooks = hooks;
    }

    void create(ActionProgress progress) {
        if (!progress.looking) {
            Link created = newLink(progress.op).with(progress.digests);
            progress.effects.createLink(created);
            progress.op.changedLink(null, created);
            progress.current = created;
        }
        progress.op.effects.add(Measure.LINKS_CREATED);
    }

    void repoint(ActionProgress progress) {
        Link link = Objects.requireNonNull(progress.link);
        if (!progress.looking) {
            Link wanted = newLink(progress.op);
            Link pointed =
                    link.pointingTo(wanted.targetId(), wanted.targetKey()).with(progress.digests);
            progress.effects.repointLink(link, pointed);
            progress.op.changedLink(link, pointed);
            progress.current = pointed;
        }
        progress.op.effects.add(Measure.LINKS_REPOINTED);
    }

    void remove(ActionProgress progress) {
        Link link = Objects.requireNonNull(progress.link);
        progress.effects.removeLink(link);
        progress.op.changedLink(link, null);
        progress.op.effects.add(Measure.LINKS_REMOVED);
    }

    void takeOver(ActionProgress progress) {
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
        op.changedLink(other, null);
        op.effects.add(Measure.LINKS_REMOVED);
    }

    /** Refuses what no link can hold, before anything is written that would need one. */
    static void checkLinkable(Op op, @Nullable String targetId) {
        String reason = LinkType.unfit(op.qualifier, op.sourceId, targetId);
        if (reason != null) {
            throw new OpFailure(Outcome.DATA, reason, null);
        }
    }

    private Link newLink(Op op) {
        checkLinkable(op, op.targetId);
        return context.links()
                .type()
                .link(op.qualifier, Objects.requireNonNull(op.sourceId), Objects.requireNonNull(op.targetId));
    }
}
