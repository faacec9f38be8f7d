package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.script.GraalScripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process that is paused behind its intent until its lease has run out and another one has finished its run, or begun
 * a new one. When it wakes it does no harm to the target elsewhere.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PausedElsewhereChaos {

    /** Behind the intent of the second page that writes, before the target has heard of it. */
    private static final String BEFORE_THE_CALL = "target write:2:before:stop";

    /** Behind the last look at the lease: everything was said to the target but to commit it. */
    private static final String BEFORE_THE_COMMIT = "target commit:2:after:stop";

    private final GraalScripts scripts = new GraalScripts();

    @TempDir
    private Path folder;

    @AfterAll
    void close() {
        scripts.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "HOOKED", "STORE_IDS"})
    void aPageThatSomebodyElseFinishedIsNotCalledForAgain(Style style) throws Exception {
        // Updates that came too late are refused by themselves; new objects whose ids the database gives are not.
        boolean edited = style != Style.STORE_IDS;
        try (World world = world(style, edited)) {
            Control control = undisturbed(style, edited);
            Paused paused = world.pause(BEFORE_THE_CALL);
            try (House house = world.house()) {
                RunView done = restart(house);
                assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
                world.assertLike(control, house);
                paused.wake();
                world.assertLike(control, house);
                SecondRun.changesNothing(house, People.MAPPING, "again");
            }
        }
    }

    @Test
    void accountsThatANewRunGaveOtherIdsAreNotCreatedASecondTime() throws Exception {
        try (World world = world(Style.WHOLE, false)) {
            Control control = undisturbed(Style.WHOLE, false);
            Paused paused = world.pause(BEFORE_THE_CALL);
            try (House house = world.house()) {
                RunView done = awaitLease(() -> house.run(People.MAPPING, "new-run"));
                assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
                paused.wake();
                Holdings after = Holdings.of(house, People.MAPPING);
                Oracle.explain(control.before(), after, Account.of(house, Place.RUN), Account.of(house, "new-run"))
                        .assertFaultless();
                assertThat(mails(after)).doesNotHaveDuplicates().hasSize(control.people());
                SecondRun.changesNothing(house, People.MAPPING, "again");
            }
        }
    }

    @Test
    void whatOnlyWaitsToBeCommittedKeepsOthersOutUntilTheProcessWakes() throws Exception {
        try (World world = world(Style.WHOLE, true)) {
            Control control = undisturbed(Style.WHOLE, true);
            Paused paused = world.pause(BEFORE_THE_COMMIT);
            try (House house = world.house()) {
                RunView failed = restart(house);
                assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
                assertThat(failed.run().condition()).as(failed.run().message()).isEqualTo(RunCondition.INFRASTRUCTURE);
                assertThat(failed.counts().failures()).isZero();
                paused.wake();
                RunView done = restart(house);
                assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
                world.assertLike(control, house);
                SecondRun.changesNothing(house, People.MAPPING, "again");
            }
        }
    }

    /** What an undisturbed run finds and leaves. */
    private record Control(Holdings before, Expectation expected, int people) {}

    private Control undisturbed(Style style, boolean edited) throws Exception {
        try (World world = world(style, edited);
                House house = world.house()) {
            Holdings before = Holdings.of(house, People.MAPPING);
            RunView view = house.run(People.MAPPING, Place.RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            Holdings after = Holdings.of(house, People.MAPPING);
            return new Control(
                    before,
                    Expectation.of(after, Account.of(house, Place.RUN)),
                    after.targets().size());
        }
    }

    private static List<Object> mails(Holdings holdings) {
        return holdings.targets().values().stream()
                .map(target -> target.attributes().get("mail"))
                .toList();
    }

    /**
     * Nothing but their ids keeps people from being there twice.
     *
     * @param edited whether everybody was hired before, and then edited
     */
    private World world(Style style, boolean edited) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        TestDatabase platform = Databases.MARIADB.fresh();
        TestDatabase away = Databases.MARIADB.fresh();
        Away.make(away, style.ids(away));
        away.execute("alter table person drop index mail");
        TestDatabase impatient = TestDatabase.at(
                away.kind(),
                away.url() + "?sessionVariables=innodb_lock_wait_timeout=1",
                away.username(),
                away.password());
        People people = People.in(home, impatient, style);
        people.hire(false);
        World world = new World(Place.at(home, platform), platform, away, impatient, style);
        if (edited) {
            try (House house = world.house()) {
                RunView first = house.run(People.MAPPING, "first-run");
                assertThat(first.run().state()).as(first.run().message()).isEqualTo(RunState.SUCCESS);
            }
            people.hire(true);
        }
        return world;
    }

    private final class World implements AutoCloseable {

        private final Place place;
        private final TestDatabase platform;
        private final TestDatabase away;
        private final TestDatabase impatient;
        private final Style style;

        World(Place place, TestDatabase platform, TestDatabase away, TestDatabase impatient, Style style) {
            this.place = place;
            this.platform = platform;
            this.away = away;
            this.impatient = impatient;
            this.style = style;
        }

        House house() {
            return place.plan(Faults.none())
                    .with(dev.concord.script.Scripts.class, own -> scripts)
                    .set("concord.retries.attempts", "3")
                    .open();
        }

        Paused pause(String fault) throws Exception {
            Path output = Files.createTempFile(folder, "said", ".log");
            Process process = place.start(false, fault, output);
            while (process.isAlive() && !isStopped(process)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(new JdbcTemplate(platform.dataSource())
                            .queryForObject("select count(*) from intent", Integer.class))
                    .isPositive();
            return new Paused(process, output);
        }

        void assertLike(Control control, House house) {
            Holdings after = Holdings.of(house, People.MAPPING);
            Account account = Account.of(house, Place.RUN);
            if (style == Style.STORE_IDS) {
                Oracle.explain(control.before(), after, account).assertFaultless();
                assertThat(mails(after)).doesNotHaveDuplicates().hasSize(control.people());
            } else {
                Oracle.judge(control.expected(), control.before(), after, account)
                        .assertFaultless();
            }
        }

        @Override
        public void close() {
            platform.close();
            away.close();
            impatient.close();
        }
    }

    private record Paused(Process process, Path output) {

        /** Lets it go on; it must see that the run is somebody else's, and end. */
        void wake() throws Exception {
            try {
                signal(process, "CONT");
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
                String said = Files.readString(output, UTF_8);
                assertThat(process.exitValue()).as(said).isEqualTo(1);
                assertThat(said).contains("no longer holds the lease");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static boolean isStopped(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), UTF_8);
        return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static RunView restart(House house) throws InterruptedException {
        return awaitLease(() -> house.restart(Place.RUN));
    }

    @FunctionalInterface
    private interface Start {
        RunView start();
    }

    /** Nobody helps the lease: it has to run out. */
    private static RunView awaitLease(Start start) throws InterruptedException {
        while (true) {
            try {
                return start.start();
            } catch (LeaseHeld held) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }
}
