package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.ELSEWHERE;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.system.ObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Effect;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of small records grow while a run goes on; a restart begins with pages of the usual size. */
class LargePageIT {

    private static final int PEOPLE = 30_000;

    @TempDir
    Path folder;

    @Test
    void aPageThatHadGrownWhenItWasInterruptedIsFinishedWithAllItsRecords() {
        FaultPlan plan = new FaultPlan();
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase target = Databases.H2.fresh();
                House house = House.on(home(target).folder(), platform)
                        .with(ObjectSets.Factory.class, sets -> new FaultyObjectSets(sets, Map.of(ELSEWHERE, plan)))
                        .set("concord.retries.attempts", "1")
                        .open()) {
            plan.after(Operation.WRITE, 3, Effect.unavailable());
            assertThat(house.run(MAPPING, "run").run().state()).isEqualTo(RunState.FAILED);
            RunView done = house.restart("run");
            assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(done.counts().get(Measure.RECORDS)).isEqualTo(PEOPLE);
            assertThat(done.counts().get(Measure.OPS)).isEqualTo(PEOPLE);
            assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
        }
    }

    private StaffHome home(TestDatabase target) {
        target.execute(StaffHome.TABLE);
        StaffHome home = StaffHome.elsewhere(
                folder,
                target.url(),
                target.username(),
                "{connect: 2s, call: 30s}",
                "taskThreads: 0\nrunTargetPhase: false\n");
        StringBuilder rows = new StringBuilder("number,name\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append("N%05d,Person %d%n".formatted(i, i));
        }
        home.write("jobs/data/people.csv", rows.toString());
        return home;
    }
}
