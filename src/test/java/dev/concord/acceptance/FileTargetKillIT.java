package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Holdings;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as target: what it is to become waits in the platform database, so that it needs no intents. */
class FileTargetKillIT {

    @TempDir
    private Path folder;

    @Test
    void aRunIntoAFileThatIsKilledAtAWriteAndAtBothSidesOfThePublicationComesToItsEnd() throws Exception {
        Path home = folder.resolve("home");
        Place place = place(home);
        Place.mustBeKilled(place.inAnotherProcess(false, "target write:3:after:halt"));
        assertThat(home.resolve("jobs/data/out.csv")).doesNotExist();
        Place.mustBeKilled(place.inAnotherProcess(true, "target publish:1:before:halt"));
        assertThat(home.resolve("jobs/data/out.csv")).doesNotExist();
        Place.mustBeKilled(place.inAnotherProcess(true, "target publish:1:after:halt"));
        assertThat(Files.readAllLines(home.resolve("jobs/data/out.csv"))).hasSize(1 + People.COUNT);

        Path undisturbed = folder.resolve("undisturbed");
        RunView wanted;
        try (House house = place(undisturbed).plan(Faults.none()).open()) {
            wanted = house.run(People.MAPPING, Place.RUN);
            assertThat(wanted.run().state()).as(wanted.run().message()).isEqualTo(RunState.SUCCESS);
        }
        try (House house = place.plan(Faults.none()).open()) {
            RunView view = house.restart(Place.RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT);
            assertThat(view.counts().ops()).isEqualTo(wanted.counts().ops());
            assertThat(home.resolve("jobs/data/out.csv"))
                    .hasSameTextualContentAs(undisturbed.resolve("jobs/data/out.csv"));
            Aftermath.assertExplained(house, People.MAPPING, Holdings.NONE);
        }
    }

    private static Place place(Path home) {
        try (TestDatabase platform = Databases.h2File(home)) {
            People people = People.in(home, platform, Style.WHOLE);
            people.toFile();
            people.hire(false);
            return Place.at(home, platform);
        }
    }
}
