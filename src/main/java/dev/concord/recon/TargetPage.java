package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.link.Link;
import dev.concord.record.Resource;
import dev.concord.situation.Situations.LinkedSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A page of the target phase: targets that the source phase did not account for under every link qualifier. */
final class TargetPage extends Page {

    private final RunContext context;
    private final List<String> targetIds;
    private final LongPredicate handled;
    private final @Nullable GoneTarget gone;

    /** What validTarget said of a target, when it still existed, that another link qualifier's op has deleted since. */
    enum GoneTarget {
        VALID,
        NOT_VALID
    }

    /**
     * @param handled says of a hash of target and link qualifier whether an earlier phase accounted for it
     * @param records how many targets the scan went over to find these
     */
    TargetPage(
            RunContext context, List<String> targetIds, LongPredicate handled, int records, @Nullable String lastKey) {
        this(context, targetIds, handled, records, lastKey, null);
    }

    private TargetPage(
            RunContext context,
            List<String> targetIds,
            LongPredicate handled,
            int records,
            @Nullable String lastKey,
            @Nullable GoneTarget gone) {
        super(Phase.TARGET, records, lastKey);
        this.context = context;
        this.targetIds = targetIds;
        this.handled = handled;
        this.gone = gone;
    }

    /** The page of one planned op; links of a target that is gone by now are looked at all the same. */
    static TargetPage again(RunContext context, List<String> targetIds, GoneTarget gone) {
        return new TargetPage(context, targetIds, hash -> false, targetIds.size(), null, gone);
    }

    @Override
    List<Page> single() {
        return targetIds.stream()
                .map(id -> (Page) new TargetPage(context, List.of(id), handled, 1, lastKey(), gone))
                .toList();
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        view.readTargets(targetIds);
        view.readLinksOfTargets(targetIds);
        Fetched sources = Fetched.of(
                context.source(),
                targetIds.stream()
                        .flatMap(id -> view.linksOfTarget(id).stream())
                        .map(Link::sourceId)
                        .distinct()
                        .toList());
        List<Op> ops = new ArrayList<>();
        for (String id : targetIds) {
            if (view.isUnreadable(id)) {
                Op op = new Op(Phase.TARGET, "", null, null, id);
                op.fail(Outcome.TARGET, "The target exists, but its attributes cannot be read.", null);
                ops.add(op);
            } else if (view.target(id) != null || gone != null) {
                ops.addAll(ops(id, view, sources, verdicts));
            }
        }
        return ops;
    }

    private List<Op> ops(String id, PageView view, Fetched sources, Verdicts verdicts) {
        Collection<Link> links = view.linksOfTarget(id);
        Op record = new Op(Phase.TARGET, "", null, null, id);
        Set<String> qualifiers = new LinkedHashSet<>();
        if (!OpFailure.contain(record, () -> qualifiers.addAll(verdicts.allQualifiers()))) {
            return List.of(record);
        }
        boolean knownOtherwise = !links.isEmpty() || qualifiers.stream().anyMatch(q -> isHandled(id, q));
        links.forEach(link -> qualifiers.add(link.qualifier()));
        List<Op> ops = new ArrayList<>();
        for (String qualifier : qualifiers) {
            Link link = view.linkOfTarget(id, qualifier);
            // A qualifier under which a target is simply not used is no news when another one accounts for it.
            if (!isHandled(id, qualifier) && (link != null || !knownOtherwise)) {
                ops.add(op(id, qualifier, link, view, sources, verdicts));
            }
        }
        return ops;
    }

    private boolean isHandled(String id, String qualifier) {
        return handled.test(
                Handled.hash(context.run().seed(), context.links().type().targetKey(id), qualifier));
    }

    private Op op(String id, String qualifier, @Nullable Link link, PageView view, Fetched sources, Verdicts verdicts) {
        Resource source = link == null ? null : sources.get(link.sourceId());
        Op op = new Op(Phase.TARGET, qualifier, link == null ? null : link.sourceId(), source, id);
        OpFailure.contain(op, () -> {
            Resource target = view.target(id);
            boolean valid = target == null ? gone == GoneTarget.VALID : verdicts.isValidTarget(target, op);
            if (valid && link != null && sources.unreadable().contains(link.sourceId())) {
                throw new OpFailure(Outcome.DATA, "The linked source exists, but its attributes cannot be read.", null);
            }
            op.facts = new Op.Facts.TargetExists(
                    valid, !valid || link == null ? null : linkedSource(source, qualifier, op, verdicts));
        });
        return op;
    }

    private static LinkedSource linkedSource(@Nullable Resource source, String qualifier, Op op, Verdicts verdicts) {
        if (source == null) {
            return LinkedSource.GONE;
        }
        return verdicts.qualifiers(source).contains(qualifier) && verdicts.isValidSource(source, op)
                ? LinkedSource.VALID
                : LinkedSource.NOT_VALID;
    }
}
