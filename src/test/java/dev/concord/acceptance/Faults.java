package dev.concord.acceptance;

import dev.concord.ledger.Phase;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSets;
import dev.concord.testing.House;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.FaultyTransactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What goes wrong in a run of {@code hr-to-users}: plans for its target, for all transactions of the process, for those
 * that commit pages, by phase, and for those in which the batch framework begins a step or a partition of one.
 */
record Faults(Map<String, FaultPlan> plans) {

    static final String TARGET = "managed/alpha_user";
    static final String TRANSACTIONS = "transactions";
    static final String STEPS = "steps";

    /** Partitions so small that a thousand employees make two of them. */
    private static final int SMALLEST_PARTITION = 100;

    static Faults none() {
        return parse(List.of());
    }

    /**
     * Reads texts such as {@code managed/alpha_user=write:3:before:halt} and {@code pages/SOURCE=commit:2:after:halt}.
     */
    static Faults parse(List<String> texts) {
        Map<String, FaultPlan> plans = new TreeMap<>();
        plans.put(TARGET, new FaultPlan());
        plans.put(TRANSACTIONS, new FaultPlan());
        plans.put(STEPS, new FaultPlan());
        for (Phase phase : Phase.values()) {
            plans.put(pages(phase), new FaultPlan());
        }
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (plans.put(parts[0], FaultPlan.parse(parts[1])) == null) {
                throw new IllegalArgumentException("'" + parts[0] + "' is none of " + plans.keySet() + ".");
            }
        }
        return new Faults(plans);
    }

    static String pages(Phase phase) {
        return "pages/" + phase;
    }

    FaultPlan plan(String place) {
        return plans.get(place);
    }

    House open(Installation place) {
        return plan(place).open();
    }

    /** A house whose scripts are somebody else's, because it takes seconds to make new ones. */
    House open(Installation place, Scripts scripts) {
        return plan(place).with(Scripts.class, own -> scripts).open();
    }

    private House.Plan plan(Installation place) {
        return House.on(place.home().folder(), place.url(), place.username(), place.password())
                .partitionsOf(SMALLEST_PARTITION)
                .with(ObjectSets.Factory.class, sets -> new FaultyObjectSets(sets, Map.of(TARGET, plan(TARGET))))
                .with(PlatformTransactionManager.class, this::faulty);
    }

    /** What a run in the house must report to, so that commits of pages are known. */
    static FaultyTransactions listener(House house) {
        return (FaultyTransactions) house.get(PlatformTransactionManager.class);
    }

    private FaultyTransactions faulty(PlatformTransactionManager transactions) {
        Map<Phase, FaultPlan> pages = new TreeMap<>();
        for (Phase phase : Phase.values()) {
            pages.put(phase, plan(pages(phase)));
        }
        return new FaultyTransactions(
                transactions, plan(TRANSACTIONS), pages, Map.of("createStepExecution", plan(STEPS)));
    }
}
