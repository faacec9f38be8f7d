package dev.concord.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.chaos.Runner.Task;
import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.run.RunsAtWork;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A short selection of kills; {@link KillMarathonChaos} has hundreds. */
@TestInstance(Lifecycle.PER_CLASS)
class KillsIT {

    private static final String MAPPING = SkewedWorld.MAPPING;

    private final long seed = Long.getLong("concord.seed", new Random().nextInt(1_000_000));
    private final GraalScripts scripts = new GraalScripts();

    private List<String> java;

    @TempDir
    Path folder;

    @BeforeAll
    void prepare(@TempDir Path temporary) throws Exception {
        java = QuickStart.java(temporary);
    }

    @AfterAll
    void close() {
        scripts.close();
    }

    @Test
    void aShortMarathonLosesNothingAndDoesNothingTwice() throws Exception {
        System.out.println("Kills come from the seed " + seed + "; -Dconcord.seed=" + seed + " brings them back.");
        Tally tally = new Marathon(Databases.H2, new SkewedWorld(2_000, 20, 2), folder, seed, java, scripts).run(10);
        tally.verdict().assertFaultless();
        assertThat(tally.kills()).isEqualTo(10);
    }

    /**
     * The first page has a name that is taken: it is tried as a whole, in one write, and then record by record. It is
     * killed before and behind the record that fails; and what the mapping says is changed meanwhile.
     */
    @ParameterizedTest
    @ValueSource(strings = {"write:3:after", "write:5:after"})
    void aPageWithBadRecordsIsDoneAgainWhenItWasKilled(String moment) throws Exception {
        Site base = oneThread();
        Judged control = control(base.copyTo(folder.resolve("control")));
        Site site = base.copyTo(folder.resolve("site"));
        assertThat(strike(site, Task.RUN, Runner.WRITES + "=" + moment + ":halt"))
                .isZero();
        Path mapping = site.home().resolve("jobs/people.yaml");
        String rules = Files.readString(mapping);
        Files.writeString(mapping, rules.replace("{target: name, source: name}", "{target: name, default: Nobody}"));
        try (House house = open(site)) {
            RunView view = house.restart(Runner.RUN);
            assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
            control.judge(house);
            Files.writeString(mapping, rules);
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    @Test
    void aRunThatIsStoppedAtAPageWithBadRecordsGoesOnBehindIt() {
        Site base = oneThread();
        Judged control = control(base.copyTo(folder.resolve("control")));
        try (House house = open(base.copyTo(folder.resolve("site")))) {
            RunView stopped = house.run(MAPPING, Runner.RUN, new RunListener() {
                @Override
                public void committed(Run run, Phase phase, Counts page) {
                    house.get(RunsAtWork.class).stopAll(House.ACTOR);
                }
            });
            assertThat(stopped.run().state()).isEqualTo(RunState.CANCELED);
            assertThat(stopped.counts().get(Measure.PAGES)).isEqualTo(1);
            assertThat(stopped.counts().failures()).isPositive();
            Oracle.explain(control.before(), Holdings.of(house, MAPPING), Account.of(house, Runner.RUN))
                    .assertFaultless();
            assertThat(house.restart(Runner.RUN).run().state()).isEqualTo(RunState.SUCCESS);
            control.judge(house);
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages/SOURCE=commit:6:after", "pages/DELETES=commit:1:before"})
    void aSourceThatChangesBeforeTheRestartIsInAgreementAfterOneMoreRun(String moment) throws Exception {
        Site base = liveSource();
        Site control = base.copyTo(folder.resolve("control"));
        Holdings before;
        Expectation expected;
        try (House house = open(control)) {
            before = Holdings.of(house, MAPPING);
            change(house.get(JdbcTemplate.class));
            assertThat(house.run(MAPPING, Runner.RUN).run().state()).isEqualTo(RunState.SUCCESS);
            house.run(MAPPING, "one-more");
            expected = Expectation.of(
                            Holdings.of(house, MAPPING), Account.of(house, Runner.RUN), Account.of(house, "one-more"))
                    .stateOnly();
        }
        Site site = base.copyTo(folder.resolve("site"));
        assertThat(strike(site, Task.RUN, moment + ":halt")).isZero();
        change(site.jdbc());
        try (House house = open(site)) {
            RunView view = house.restart(Runner.RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            Oracle.explain(before, Holdings.of(house, MAPPING), Account.of(house, Runner.RUN))
                    .assertFaultless();
            assertThat(house.run(MAPPING, "one-more").run().state()).isEqualTo(RunState.SUCCESS);
            Oracle.judge(
                            expected,
                            before,
                            Holdings.of(house, MAPPING),
                            Account.of(house, Runner.RUN),
                            Account.of(house, "one-more"))
                    .assertFaultless();
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    /** What an undisturbed run finds and leaves. */
    private record Judged(Holdings before, Expectation expected) {

        void judge(House house) {
            Oracle.judge(expected, before, Holdings.of(house, MAPPING), Account.of(house, Runner.RUN))
                    .assertFaultless();
        }
    }

    private Judged control(Site site) {
        try (House house = open(site)) {
            Holdings before = Holdings.of(house, MAPPING);
            RunView view = house.run(MAPPING, Runner.RUN);
            assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
            return new Judged(before, Expectation.of(Holdings.of(house, MAPPING), Account.of(house, Runner.RUN)));
        }
    }

    private Site oneThread() {
        SkewedWorld world = new SkewedWorld(400, 25, 1);
        Site base = Site.at(Databases.H2, folder.resolve("base"));
        world.write(base.home());
        try (House house = base.open()) {
            world.fill(house);
        }
        return base;
    }

    private House open(Site site) {
        return site.plan().with(Scripts.class, own -> scripts).open();
    }

    /** Lets a process work that halts itself; answers 0 when it did. */
    private int strike(Site site, Task task, String fault) throws IOException, InterruptedException {
        Runner runner = Runner.start(java, site, task, site.home().resolve("journal"), List.of(fault));
        try {
            assertThat(runner.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            runner.process().destroyForcibly().waitFor();
        }
        assertThat(runner.process().exitValue()).as(runner::output).isEqualTo(Runner.KILLED);
        return runner.process().exitValue() - Runner.KILLED;
    }

    // A source that is read as it is

    /** Six hundred people, all but the last hundred with an account; fifty accounts of people who are gone. */
    private Site liveSource() throws IOException {
        Site base = Site.at(Databases.H2, folder.resolve("live"));
        Path jobs = base.home().resolve("jobs");
        Files.createDirectories(jobs.resolve("managed"));
        Files.writeString(
                jobs.resolve("managed/person.yaml"), "name: person\nattributes: {name: {type: string}}\n", UTF_8);
        Files.writeString(
                jobs.resolve("managed/account.yaml"), "name: account\nattributes: {name: {type: string}}\n", UTF_8);
        Files.writeString(jobs.resolve("people.yaml"), """
                name: people
                source: managed/person
                target: managed/account
                feedSize: 20
                taskThreads: 2
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: MISSING, action: CREATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """, UTF_8);
        try (House house = base.open()) {
            JdbcTemplate jdbc = house.get(JdbcTemplate.class);
            // The first run makes the tables and does nothing but that.
            house.run(MAPPING, "tables");
            for (int i = 0; i < 600; i++) {
                insert(jdbc, "p%04d".formatted(i), "Person " + i);
            }
            assertThat(house.run(MAPPING, "first-run").run().state()).isEqualTo(RunState.SUCCESS);
            jdbc.update("delete from \"managed_person\" where \"_id\" like 'p%3'");
            jdbc.update("update \"managed_person\" set \"name\" = 'Changed' where \"_id\" like 'p%5'");
            for (int i = 0; i < 100; i++) {
                insert(jdbc, "q%04d".formatted(i), "New " + i);
            }
        }
        return base;
    }

    /** Rows come, change and go at both ends of the source, one of them comes back that was to be deleted. */
    private static void change(JdbcTemplate jdbc) {
        insert(jdbc, "p0000a", "At the beginning");
        insert(jdbc, "q0099a", "At the end");
        insert(jdbc, "p0313", "Back again");
        for (String id : List.of("p0002", "p0102", "p0302", "p0592", "q0090")) {
            jdbc.update("update \"managed_person\" set \"name\" = 'Changed meanwhile' where \"_id\" = ?", id);
        }
        for (String id : List.of("p0004", "p0104", "p0304", "p0594", "q0091")) {
            jdbc.update("delete from \"managed_person\" where \"_id\" = ?", id);
        }
    }

    private static void insert(JdbcTemplate jdbc, String id, String name) {
        jdbc.update("insert into \"managed_person\" (\"_id\", \"_rev\", \"name\") values (?, 0, ?)", id, name);
    }
}
