package dev.concord.oracle;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.oracle.Findings.Fault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what was expected with the targets, the links and the ledger that are there. What takes time is left aside:
 * durations, and how often a page had to be tried.
 */
public final class Oracle {

    /** Measures of how the work went, not of what was done; who of two claimants came first decides what was seen. */
    private static final Set<Measure> HOW =
            EnumSet.of(Measure.NANOSECONDS, Measure.PAGES, Measure.RETRIES, Measure.UNSEEN);

    private Oracle() {}

    /**
     * Everything that is not as expected, or not explained.
     *
     * @param before what there was before the first of the runs
     * @param after what there is now
     * @param accounts of all runs in between, in their order
     */
    public static Verdict judge(Expectation expected, Holdings before, Holdings after, Account... accounts) {
        List<Account> all = List.of(accounts);
        Findings findings = new Findings();
        Naming wantedNames = expected.names();
        Naming names = expected.namesOf(all);
        new TargetComparison(findings, before, wantedNames, names).compare(expected.after(), after);
        new LinkComparison(findings, before, wantedNames, names).compare(expected.after(), after);
        List<Told> wanted = expected.told();
        List<Told> told = expected.told(all);
        if (wanted != null && told != null) {
            new OpComparison(findings).compareAll(wanted, told);
        }
        Map<Phase, Counts> counts = expected.counts();
        if (counts != null && all.size() == 1) {
            compare(counts, all.getFirst().counts(), findings);
        }
        return findings.verdict().and(explain(before, after, accounts));
    }

    /**
     * Only what the ledgers do not explain: no expectation is needed, and the last of the runs need not be finished.
     */
    public static Verdict explain(Holdings before, Holdings after, Account... accounts) {
        Findings findings = new Findings();
        List<Account> all = Arrays.asList(accounts);
        new TargetExplanation(findings, before, all).explain(after);
        new LinkExplanation(findings, before, all).explain(after);
        new CountExplanation(findings, before, all).explain(after);
        return findings.verdict();
    }

    private static void compare(Map<Phase, Counts> wanted, Map<Phase, Counts> counts, Findings findings) {
        wanted.forEach((phase, numbers) -> {
            Counts there = counts.getOrDefault(phase, new Counts());
            if (!there.ops().equals(numbers.ops())) {
                findings.add(Fault.WRONG, phase + " counted " + there.ops() + ", expected " + numbers.ops());
            }
            for (Measure measure : Measure.values()) {
                if (!HOW.contains(measure) && there.get(measure) != numbers.get(measure)) {
                    findings.add(
                            Fault.WRONG,
                            phase + " counted " + there.get(measure) + " " + measure + ", expected "
                                    + numbers.get(measure));
                }
            }
        });
    }
}
