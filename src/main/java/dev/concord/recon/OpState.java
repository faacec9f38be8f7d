package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.situation.ActionSteps.LinkState;
import dev.concord.situation.ActionSteps.State;
import dev.concord.situation.ActionSteps.TargetState;

/** What an action finds where it begins: whether an op's source and target are there, and where its link leads. */
final class OpState {

    private OpState() {}

    /** @param linking whether the mapping keeps links */
    static State of(Op op, PageView view, boolean linking) {
        String targetId = op.targetId;
        TargetState target;
        if (targetId == null) {
            boolean several =
                    op.assessment != null && !op.assessment.candidateIds().isEmpty();
            target = several ? TargetState.SEVERAL : TargetState.NONE;
        } else {
            target = view.target(targetId) == null ? TargetState.GONE : TargetState.EXISTS;
        }
        Link own = OpDecider.ownLink(op, view);
        LinkState link = own == null
                ? LinkState.NONE
                : targetId != null && view.leadsTo(own, targetId) ? LinkState.TO_TARGET : LinkState.ELSEWHERE;
        Link ofTarget = targetId == null ? null : view.linkOfTarget(targetId, op.qualifier);
        return new State(op.source != null, target, link, linking, ofTarget != null && !ofTarget.equals(own));
    }
}
