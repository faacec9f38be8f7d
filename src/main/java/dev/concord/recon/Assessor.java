package dev.concord.recon;

import dev.concord.correlation.Correlator;
import dev.concord.link.Link;
import dev.concord.record.Resource;
import dev.concord.situation.Assessment;
import dev.concord.situation.Candidates;
import dev.concord.situation.LinkedTarget;
import dev.concord.situation.Situations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names the situation of an op out of what was looked up for it. */
final class Assessor {

    private Assessor() {}

    /** Empty when there is nothing to report: the op's link turned out to be in order. */
    static Optional<Assessment> assess(Op op, PageView view) {
        return switch (op.facts) {
            case Op.Facts.SourceExists source -> {
                LinkedTarget link = linkedTarget(op, view);
                yield Optional.of(Situations.ofSource(
                        source.qualified(), link, link == null ? candidates(op, source, view) : Candidates.NONE));
            }
            case Op.Facts.SourceGone gone ->
                Optional.of(Situations.ofGoneSource(linkedTarget(op, view), gone.targetValid(), null));
            case Op.Facts.TargetExists target ->
                Optional.of(
                        Situations.ofTarget(String.valueOf(op.visitedTargetId), target.targetValid(), target.linked()));
            case Op.Facts.LinkExists link ->
                Situations.ofLink(String.valueOf(op.visitedTargetId), link.sourceExists(), link.targetExists());
            case null -> throw new IllegalStateException("An op was not looked into before it is decided.");
        };
    }

    private static @Nullable LinkedTarget linkedTarget(Op op, PageView view) {
        Link link = op.sourceId == null ? null : view.linkOfSource(op.sourceId, op.qualifier);
        return link == null ? null : new LinkedTarget(link.targetId(), view.target(link.targetId()) != null);
    }

    private static Candidates candidates(Op op, Op.Facts.SourceExists source, PageView view) {
        List<Resource> answers = view.answers(source.question(), op.answers);
        List<Candidates.Hit> hits = new ArrayList<>();
        for (Resource answer : answers.subList(0, Math.min(answers.size(), Correlator.LIMIT))) {
            Link link = view.linkOfTarget(answer.id(), op.qualifier);
            hits.add(new Candidates.Hit(answer.id(), link == null ? null : link.sourceId()));
        }
        return new Candidates(hits, answers.size() > hits.size());
    }
}
