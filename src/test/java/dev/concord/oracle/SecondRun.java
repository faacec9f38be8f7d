package dev.concord.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.testing.House;
import java.util.EnumSet;
import java.util.Set;

/** The run that follows when all is in order. */
public final class SecondRun {

    private static final Set<Measure> CHANGES = EnumSet.of(
            Measure.CREATED,
            Measure.UPDATED,
            Measure.DELETED,
            Measure.LINKS_CREATED,
            Measure.LINKS_REPOINTED,
            Measure.LINKS_REMOVED);

    private SecondRun() {}

    /** Runs the mapping once more, as a run with this id, and fails if that writes anything to targets or links. */
    public static void changesNothing(House house, String mapping, String runId) {
        Holdings before = Holdings.of(house, mapping);
        RunView view = house.run(mapping, runId);
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        for (Measure change : CHANGES) {
            assertThat(view.counts().get(change))
                    .as("%s in a second run", change)
                    .isZero();
        }
        Holdings after = Holdings.of(house, mapping);
        Expectation same = Expectation.of(before).stateOnly();
        Oracle.judge(same, before, after, Account.of(house, runId)).assertFaultless();
    }
}
