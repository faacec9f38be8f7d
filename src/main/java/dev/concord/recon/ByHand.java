package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.situation.Assessment;
import dev.concord.situation.Candidates;
import dev.concord.situation.Situations;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with one record in the place of what the rules say: the parameters of a run of that kind.
 *
 * @param sourceId null when the record is to be looked at from its target's side
 * @param targetId with a source, the one target that is considered
 * @param situation the situation that somebody saw; another one now means that nothing is done. Null: any
 * @param move whether LINK also takes the target from whoever is linked to it
 * @param force whether that may cost another source its link
 */
record ByHand(
        Action action,
        @Nullable String sourceId,
        @Nullable String targetId,
        String qualifier,
        @Nullable Situation situation,
        boolean skipPostAction,
        boolean move,
        boolean force) {

    /** What a run was asked to do; null when it follows the rules. */
    static @Nullable ByHand of(Run run) {
        if (run.kind() != RunKind.ACTION) {
            return null;
        }
        String situation = text(run, "situation");
        return new ByHand(
                Action.valueOf(String.valueOf(text(run, "action"))),
                text(run, "sourceId"),
                text(run, "targetId"),
                String.valueOf(text(run, "linkQualifier")),
                situation == null ? null : Situation.valueOf(situation),
                flag(run, "ignorePostAction"),
                flag(run, "relink"),
                flag(run, "force"));
    }

    private static @Nullable String text(Run run, String parameter) {
        return run.parameters().get(parameter) instanceof String text ? text : null;
    }

    private static boolean flag(Run run, String parameter) {
        return Boolean.TRUE.equals(run.parameters().get(parameter));
    }

    /** The target that was chosen for a source; null when none was. */
    @Nullable
    String chosenTarget() {
        return sourceId == null ? null : targetId;
    }

    /**
     * What is found of a record when the chosen target is its only candidate. A link decides all the same.
     *
     * @param alone what is found without a choice
     */
    Assessment assess(Assessment alone, Op op, PageView view) {
        String chosen = chosenTarget();
        if (chosen == null) {
            return alone;
        }
        view.readTargets(List.of(chosen));
        view.readLinksOfTargets(List.of(chosen));
        boolean linked = view.linkOfSource(String.valueOf(sourceId), qualifier) != null;
        if (linked || view.target(chosen) == null || !(op.facts instanceof Op.Facts.SourceExists source)) {
            return alone;
        }
        Link other = view.linkOfTarget(chosen, qualifier);
        Candidates.Hit hit = new Candidates.Hit(chosen, other == null ? null : other.sourceId());
        return Situations.ofSource(source.qualified(), null, new Candidates(List.of(hit), false));
    }

    /**
     * Makes sure that the op is about what somebody meant, and about the target that was chosen.
     *
     * @throws OpFailure when it is not; then nothing is done
     */
    void insistOn(Op op, Situation alone, PageView view, RunContext context) {
        Situation found = Objects.requireNonNull(op.assessment).situation();
        if (situation != null && situation != found && situation != alone) {
            throw refused("The situation is " + found + ", not " + situation + "; nothing was done.");
        }
        if (found != alone) {
            op.say("Without the choice of a target this is " + alone + ".");
        }
        String chosen = chosenTarget();
        if (chosen == null) {
            return;
        }
        if (view.target(chosen) == null && !isChosen(op.targetId, context)) {
            throw refused("There is no " + (view.isUnreadable(chosen) ? "readable " : "") + "object " + chosen + " in "
                    + context.target().name() + "; nothing was done.");
        }
        if (action == Action.DELETE || action == Action.UNLINK) {
            String whose = whoseElse(op, chosen, view, context);
            if (whose != null) {
                throw refused("Target " + chosen + " is not the record's: " + whose + ". Nothing was done.");
            }
        }
        if (!isChosen(op.targetId, context)) {
            op.targetId = chosen;
            op.targetBefore = view.target(chosen);
        }
    }

    /** Why the chosen target may not be deleted or unlinked as the record's; null when it may. */
    private @Nullable String whoseElse(Op op, String chosen, PageView view, RunContext context) {
        Link own = OpDecider.ownLink(op, view);
        Link other = view.linkOfTarget(chosen, qualifier);
        if (other != null && !other.equals(own)) {
            return "it is linked to source " + other.sourceId();
        }
        if (isChosen(op.targetId, context)) {
            return null;
        }
        return own == null
                ? "nothing says so; name the target alone"
                : "the record is linked to target " + own.targetId();
    }

    private boolean isChosen(@Nullable String id, RunContext context) {
        return id != null
                && context.links()
                        .type()
                        .targetKey(id)
                        .equals(context.links().type().targetKey(String.valueOf(targetId)));
    }

    /** Says which links were there before a link is moved, and whether another source may lose its own. */
    void beforeMove(Op op, PageView view) {
        String chosen = Objects.requireNonNull(targetId);
        Link own = OpDecider.ownLink(op, view);
        Link other = view.linkOfTarget(chosen, qualifier);
        if (other != null && other.equals(own)) {
            op.say("They are linked already.");
            return;
        }
        if (other != null && !force) {
            throw refused("Target " + chosen + " is linked to source " + other.sourceId()
                    + ", which would lose its link. Nothing was done; force takes it over.");
        }
        op.say("Linked before: " + shown(own, op.sourceId) + (other == null ? "" : ", " + shown(other, null))
                + "; linked now: " + op.sourceId + " → " + chosen + "."
                + (own == null ? "" : " Target " + own.targetId() + " has no link any more.")
                + (other == null ? "" : " Source " + other.sourceId() + " has no link any more."));
    }

    private static String shown(@Nullable Link link, @Nullable String sourceId) {
        return link == null ? sourceId + " → nothing" : link.sourceId() + " → " + link.targetId();
    }

    private static OpFailure refused(String why) {
        return new OpFailure(Outcome.DATA, why, null);
    }
}
