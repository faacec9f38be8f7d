package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.Measure;
import dev.concord.link.Link;
import java.util.ArrayList;
import java.util.List;

/** Says what ops account for, so that later phases leave it alone. */
final class Accounting {

    private static final long[] NOTHING = {};

    private final RunContext context;

    Accounting(RunContext context) {
        this.context = context;
    }

    /**
     * The hashes of what an op accounts for: its target, or all its candidates; when it failed early, what its links
     * point to.
     */
    long[] handled(Op op, PageView view) {
        if (op.undone != null) {
            // No phase follows that would ask.
            return NOTHING;
        }
        List<String> ids = new ArrayList<>();
        List<String> qualifiers = new ArrayList<>();
        if (op.assessment != null) {
            ids.addAll(op.assessment.candidateIds());
            if (op.targetId != null) {
                ids.add(op.targetId);
            }
            String assessed = op.assessment.targetId();
            if (assessed != null && !assessed.equals(op.targetId)) {
                ids.add(assessed);
            }
            ids.forEach(id -> qualifiers.add(op.qualifier));
        } else if (op.visitedTargetId != null) {
            ids.add(op.visitedTargetId);
            qualifiers.add(op.qualifier);
        } else if (op.sourceId != null && !op.duplicate) {
            for (Link link : view.linksOfSource(op.sourceId)) {
                if (op.qualifier.isEmpty() || op.qualifier.equals(link.qualifier())) {
                    ids.add(link.targetId());
                    qualifiers.add(link.qualifier());
                }
            }
        }
        long[] hashes = new long[ids.size()];
        op.targetsUnseen = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (view.target(ids.get(i)) == null) {
                op.targetsUnseen++;
            }
            hashes[i] =
                    Handled.hash(context.run().seed(), context.links().type().targetKey(ids.get(i)), qualifiers.get(i));
        }
        op.linksAccounted = linksAccounted(op, view, ids, qualifiers);
        return hashes;
    }

    /** Links that went away or elsewhere are left to those who look at all links. */
    private int linksAccounted(Op op, PageView view, List<String> ids, List<String> qualifiers) {
        if (op.effects.contains(Measure.LINKS_REMOVED) || op.effects.contains(Measure.LINKS_REPOINTED)) {
            return 0;
        }
        if (op.effects.contains(Measure.LINKS_CREATED)) {
            return context.looking() ? 0 : 1;
        }
        int accounted = 0;
        for (int i = 0; op.sourceId != null && i < ids.size(); i++) {
            Link link = view.linkOfSource(op.sourceId, qualifiers.get(i));
            if (link != null && link.targetId().equals(ids.get(i))) {
                accounted++;
            }
        }
        return accounted;
    }
}
