package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.SecondRun;
import dev.concord.script.GraalScripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process is killed between a call elsewhere and the commit of its page, and the next to run is the mapping that
 * shares the links the other way round: what the dead one wrote are the other one's sources.
 */
class ElsewhereKillReversedIT {

    private static final GraalScripts SCRIPTS = new GraalScripts();

    @TempDir
    private Path home;

    @AfterAll
    static void closeScripts() {
        SCRIPTS.close();
    }

    /** @param made how many people are over there when the process dies */
    @ParameterizedTest
    @CsvSource({"WHOLE, write:2:before, 10", "WHOLE, write:2:after, 20"})
    void nobodyIsMadeTwice(Style style, String fault, int made) throws Exception {
        try (House house = afterDeath(style, fault)) {
            assertTakenOver(house, house.run(People.BACK, "back-run"), made);
            RunView another = house.run(People.MAPPING, "another-run");
            assertThat(another.run().state()).as(another.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(another.counts().failures()).isZero();
            assertThat(another.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - made);
            assertAllInOrder(house);
        }
    }

    @ParameterizedTest
    @CsvSource({"WHOLE, write:2:after, 20", "STORE_IDS, write:15:after, 15"})
    void aDeadRunThatWasNotSupersededIsContinued(Style style, String fault, int made) throws Exception {
        try (House house = afterDeath(style, fault)) {
            String id;
            try (TestDatabase away = Away.h2(home)) {
                id = new JdbcTemplate(away.dataSource())
                        .queryForObject("select id from person where mail = 'p12@example.com'", String.class);
            }
            assertTakenOver(house, house.runById(People.BACK, id, "back-run"), made);
            RunView continued = house.restart(Place.RUN);
            assertThat(continued.run().state()).as(continued.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(continued.counts().failures()).isZero();
            assertThat(continued.counts().get(Measure.CREATED)).isEqualTo(People.COUNT);
            assertThat(continued.counts().get(Measure.LINKS_CREATED)).isEqualTo(People.COUNT);
            assertAllInOrder(house);
        }
    }

    private House afterDeath(Style style, String fault) throws Exception {
        Place place = place(style);
        Place.mustBeKilled(place.inAnotherProcess(false, "target " + fault + ":halt"));
        House house = place.open(Faults.none(), SCRIPTS);
        assertThat(count(house.get(JdbcTemplate.class), "intent")).isPositive();
        return house;
    }

    private static void assertTakenOver(House house, RunView back, int made) {
        assertThat(back.run().state()).as(back.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(back.counts().failures()).isZero();
        assertThat(back.counts().get(Measure.CREATED)).isZero();
        assertThat(count(house.get(JdbcTemplate.class), "link")).isEqualTo(made);
        assertThat(count(house.get(JdbcTemplate.class), "intent")).isZero();
    }

    private void assertAllInOrder(House house) {
        SecondRun.changesNothing(house, People.MAPPING, "again");
        SecondRun.changesNothing(house, People.BACK, "back-again");
        try (TestDatabase away = Away.h2(home);
                TestDatabase hr = hr()) {
            assertThat(Away.contents(away, true).get("person")).hasSize(People.COUNT);
            assertThat(Away.contents(away, true).get("change_log")).hasSize(People.COUNT);
            assertThat(count(new JdbcTemplate(hr.dataSource()), "employee")).isEqualTo(People.COUNT);
        }
    }

    private Place place(Style style) {
        try (TestDatabase platform = Databases.h2File(home);
                TestDatabase away = Away.h2(home);
                TestDatabase hr = hr()) {
            Away.make(away, style.ids(away));
            People people = People.in(home, away, style);
            people.fromTable(hr);
            people.andBack();
            return Place.at(home, platform);
        }
    }

    private TestDatabase hr() {
        return TestDatabase.at(
                Databases.H2, "jdbc:h2:file:" + home.resolve("hr").toAbsolutePath(), "sa", "");
    }

    private static int count(JdbcTemplate jdbc, String table) {
        Integer count = jdbc.queryForObject("select count(*) from " + table, Integer.class);
        return count == null ? 0 : count;
    }
}
