package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Handled;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.LinkQualifiers;

/**
 * Finds out by counting whether anything is left to look at. On most nights every target has its source, and every link
 * its target: then the phases that look for the others need not go over millions of them.
 */
final class Completeness {

    private static final long NOT_PROVEN = -1;

    private final RunContext context;

    Completeness(RunContext context) {
        this.context = context;
    }

    /**
     * How many targets there are, if every one is accounted for under the only link qualifier: as many different ones
     * were accounted for as exist, and all of those were seen.
     *
     * @param counts of the source phase
     * @return -1 when that is not certain
     */
    long targets(Counts counts) {
        Handled handled = context.memory().handled;
        boolean oneQualifier = context.mapping().linkQualifiers() instanceof LinkQualifiers.Fixed fixed
                && fixed.names().size() == 1;
        if (handled == null
                || !oneQualifier
                || context.memory().otherQualifiers
                || counts.get(Measure.UNSEEN) > 0
                || ByHand.of(context.run()) != null
                || context.run().kind() == RunKind.FAILED
                || context.run().kind() == RunKind.APPLY) {
            return NOT_PROVEN;
        }
        long targets = context.target().count(null);
        return handled.areAll(targets) ? targets : NOT_PROVEN;
    }

    /**
     * How many links there are, if the target of every one is accounted for.
     *
     * @param counts of all phases so far
     * @return -1 when that is not certain
     */
    long links(Counts counts) {
        if (counts.get(Measure.LINKS_REMOVED) > 0 || counts.get(Measure.LINKS_REPOINTED) > 0) {
            return NOT_PROVEN;
        }
        long links = context.links().count();
        return counts.get(Measure.LINKS_ACCOUNTED) == links ? links : NOT_PROVEN;
    }
}
