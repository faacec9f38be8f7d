package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run left behind, on a database that was empty before: targets and links, its own account of what it did, and
 * those of the runs before it. Durations and repetitions are left out, and the number of pages, because one that takes
 * long is committed in parts.
 */
record Aftermath(
        Contents world,
        Contents entries,
        Map<Phase, Map<String, Long>> counts,
        Holdings holdings,
        List<Account> accounts) {

    private static final int ALL = 1_000;

    static Aftermath of(House house, RunView view, String target) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        String mapping = view.run().mapping();
        return new Aftermath(
                Contents.objects(house, List.of(target)).and(Contents.links(house)),
                Contents.entries(house, view),
                counts(view),
                Holdings.of(house, mapping),
                accounts(house, mapping));
    }

    /** What the people of a {@link StaffHome} become in a run of this id when nothing is in the way. */
    static Aftermath ofStaff(String target, Path folder, String runId) {
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase away = Databases.H2.fresh()) {
            if (target.equals(StaffHome.MANAGED)) {
                StaffHome.managed(folder, "");
            } else {
                away.execute(StaffHome.TABLE);
                StaffHome.elsewhere(folder, away.url(), away.username(), "{}", "");
            }
            try (House house = House.on(folder, platform).open()) {
                return of(house, house.run(StaffHome.MAPPING, runId), target);
            }
        }
    }

    /** In everything, and that the ledger explains it. */
    void assertSameAs(Aftermath undisturbed) {
        world.assertEqualTo(undisturbed.world);
        entries.assertEqualTo(undisturbed.entries);
        assertThat(counts).isEqualTo(undisturbed.counts);
        judge(expectation(undisturbed));
    }

    /** In targets and links row by row, and in what the ledger says was changed. */
    void assertSameWorldAs(Aftermath undisturbed) {
        world.assertEqualTo(undisturbed.world);
        judge(expectation(undisturbed).changesOnly());
    }

    private static Expectation expectation(Aftermath undisturbed) {
        return Expectation.of(undisturbed.holdings, undisturbed.accounts.toArray(Account[]::new));
    }

    private void judge(Expectation expected) {
        Oracle.judge(expected, Holdings.NONE, holdings, accounts.toArray(Account[]::new))
                .assertFaultless();
    }

    /**
     * Makes sure that the ledgers of a mapping's runs, none of which is gone, explain what is there, and that one more
     * run changes nothing.
     *
     * @param before what there was before the first of the runs
     */
    static void assertExplained(House house, String mapping, Holdings before) {
        Oracle.explain(
                        before,
                        Holdings.of(house, mapping),
                        accounts(house, mapping).toArray(Account[]::new))
                .assertFaultless();
        SecondRun.changesNothing(house, mapping, "again");
    }

    /** Runs the mapping once more, and nothing may be left to do. */
    static void assertSettled(House house, String mapping) {
        SecondRun.changesNothing(house, mapping, "again");
        assertThat(house.find("again").orElseThrow().counts().failures()).isZero();
    }

    /** Of all runs of a mapping that could change something, the first one first. */
    private static List<Account> accounts(House house, String mapping) {
        return house.get(Runs.class).newest(mapping, ALL).reversed().stream()
                .filter(run -> !run.analysis())
                .map(run -> Account.of(house, run.id()))
                .toList();
    }

    private static Map<Phase, Map<String, Long>> counts(RunView view) {
        Map<Phase, Map<String, Long>> counts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            Map<String, Long> numbers = new TreeMap<>();
            view.counts(phase).ops().forEach((kind, number) -> numbers.put(kind.toString(), number));
            for (Measure measure : Measure.values()) {
                if (measure != Measure.NANOSECONDS && measure != Measure.PAGES && measure != Measure.RETRIES) {
                    numbers.put(measure.name(), view.counts(phase).get(measure));
                }
            }
            counts.put(phase, numbers);
        }
        return counts;
    }
}
