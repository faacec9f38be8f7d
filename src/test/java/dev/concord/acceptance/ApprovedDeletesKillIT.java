package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.guard.Trips;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Holdings;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A process that is killed while it does deletes that were approved. */
class ApprovedDeletesKillIT {

    private static final String MAPPING = "hr-to-users";
    private static final String RUN = "the-run";
    private static final int LEAVERS = 300;

    @TempDir
    private Path folder;

    @Test
    void whatWasApprovedIsDoneToItsEndAfterARestartAndNobodyIsAskedAgain() throws Exception {
        CompanyHome home = CompanyHome.in(folder);
        home.set(MAPPING, "feedSize", 100);
        try (TestDatabase database = Databases.h2File(folder.resolve("data"))) {
            Installation place = new Installation(home, database.url(), database.username(), database.password());
            long planned = waitForApproval(place);

            Victim.End end = Victim.start(
                    place, Victim.Task.APPROVE, RUN, List.of(Faults.pages(Phase.DELETES) + "=commit:2:before:halt"));
            assertThat(end.exitCode()).as(end.output()).isEqualTo(Victim.KILLED);

            try (House house = plan(place).open()) {
                RunView killed = house.find(RUN).orElseThrow();
                assertThat(killed.counts().get(Measure.DELETED)).isPositive().isLessThan(planned);
                RunView done = house.restart(RUN);
                assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
                assertThat(done.counts().get(Measure.DELETED)).isEqualTo(planned);
                assertThat(house.get(Trips.class).of(RUN)).singleElement().satisfies(trip -> {
                    assertThat(trip.excess().number()).isEqualTo(planned);
                    assertThat(trip.decision()).isNotNull();
                });
                Aftermath.assertExplained(house, MAPPING, Holdings.NONE);
            }
        }
    }

    private static House.Plan plan(Installation place) {
        return House.on(place.home().folder(), place.url(), place.username(), place.password())
                .guarded();
    }

    private static long waitForApproval(Installation place) {
        try (House house = plan(place).open()) {
            assertThat(house.run(MAPPING, "first").run().state()).isEqualTo(RunState.SUCCESS);
            EmployeeFile file = new EmployeeFile(place.home().folder().resolve("jobs/data/employees.csv"));
            for (Map<String, String> row : file.rows().subList(0, LEAVERS)) {
                row.put("employmentStatus", "left");
            }
            file.save();
            RunView stopped = house.run(MAPPING, RUN);
            assertThat(stopped.run().condition())
                    .as(stopped.run().message())
                    .isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
            assertThat(house.get(JdbcTemplate.class).queryForObject("select count(*) from link", Long.class))
                    .isGreaterThan(900);
            return house.get(Trips.class).of(RUN).getFirst().excess().number();
        }
    }
}
