package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MAPPING;
import static dev.concord.acceptance.StaffHome.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Stage;
import dev.concord.run.RunsAtWork;
import dev.concord.testing.CuttingProxy;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Runs that are stopped while a slow database elsewhere gives the ids, so that each of their records is done on its
 * own, and one round trip follows the other.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StopElsewhereIT {

    private static final String RUN = "the-run";
    private static final int THREADS = 4;
    private static final Duration SLOW = Duration.ofMillis(12);

    private final TestDatabase server = Databases.MARIADB.fresh();
    private final JdbcTemplate crm = new JdbcTemplate(server.dataSource());
    private final CuttingProxy proxy = CuttingProxy.of(server.url());

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        proxy.pass();
        server.execute(
                "drop table if exists contact",
                "create table contact (contact_id bigint auto_increment primary key, number varchar(20),"
                        + " name varchar(100))");
    }

    @AfterAll
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void aRunThatIsStoppedLeavesItsPagesBetweenTwoRecordsAndGoesOnFromThere() {
        proxy.delay(SLOW);
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house("60s", "taskThreads: " + THREADS, platform)) {
            CompletableFuture<RunView> run = CompletableFuture.supplyAsync(() -> house.run(MAPPING, RUN));
            await(3 * THREADS, run);
            house.get(RunsAtWork.class).stopAll(House.ACTOR);
            long whenStopped = contacts();
            RunView stopped = run.join();
            assertStopped(stopped);
            assertThat(contacts())
                    .as("each thread comes to the end of the record that it is at")
                    .isBetween(whenStopped, whenStopped + THREADS)
                    .as("what was done is committed with its links")
                    .isEqualTo(stopped.counts().get(Measure.CREATED));

            assertFinishedBy(house);
        }
    }

    @Test
    void aRunThatIsStoppedWhileItFinishesWhatADeadOneIntendedGoesOnFromThere() {
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house("1s", "taskThreads: 0", platform)) {
            proxy.delay(SLOW);
            CompletableFuture<RunView> run = CompletableFuture.supplyAsync(() -> house.run(MAPPING, RUN));
            await(20, run);
            // The page is not committed any more, but its intents are.
            proxy.refuse();
            assertThat(run.join().run().state()).isEqualTo(RunState.FAILED);

            proxy.pass();
            RunView stopped = house.restart(RUN, new RunListener() {
                @Override
                public void entered(Run going, Stage stage, long expected) {
                    if (stage == Stage.ACTIVE_RECONCILING_SOURCE) {
                        house.get(RunsAtWork.class).stopAll(House.ACTOR);
                    }
                }
            });
            assertStopped(stopped);

            // What is open is too much for one part of the page; then it may be quick again.
            proxy.delay(Duration.ofMillis(100));
            assertFinishedBy(house, StaffHome.atPage(1, proxy::pass));
        }
    }

    @Test
    void aPageThatIsDoneRecordByRecordCommitsWhatIsDoneAfterAWhile() {
        proxy.delay(SLOW);
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house("60s", "taskThreads: 0\nfeedSize: 1000\n", platform)) {
            RunView view = house.run(MAPPING, RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(view.counts(Phase.SOURCE).get(Measure.PAGES))
                    .as("one page was read")
                    .isGreaterThan(1);
            assertThat(view.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(PEOPLE);
            assertThat(view.counts().get(Measure.OPS)).isEqualTo(PEOPLE);
            assertThat(contacts()).isEqualTo(PEOPLE);
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    @Test
    void aRunThatIsStoppedWhileItsTargetIsSilentIsStoppedAndHasNotFailed() {
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house("3s", "taskThreads: 0\nfeedSize: 20\n", platform)) {
            RunView stopped = house.run(MAPPING, RUN, StaffHome.atPage(3, () -> {
                proxy.fallSilent();
                // Once the next page waits for the target.
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                        .execute(() -> house.get(RunsAtWork.class).stopAll(House.ACTOR));
            }));
            assertStopped(stopped);
            assertThat(stopped.run().message()).contains("system crm", "A restart goes on from here.");
            assertThat(stopped.counts().failures()).isZero();

            assertFinishedBy(house);
        }
    }

    private static void assertStopped(RunView stopped) {
        assertThat(stopped.run().state()).as(stopped.run().message()).isEqualTo(RunState.CANCELED);
        assertThat(stopped.run().condition()).isEqualTo(RunCondition.STOPPED);
    }

    private void assertFinishedBy(House house) {
        proxy.pass();
        assertFinishedBy(house, RunListener.NONE);
    }

    private void assertFinishedBy(House house, RunListener listener) {
        RunView done = house.restart(RUN, listener);
        assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
        assertThat(done.counts().get(Measure.LINKS_CREATED)).isEqualTo(PEOPLE);
        assertThat(done.counts().get(Measure.OPS)).isEqualTo(PEOPLE);
        assertThat(done.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(PEOPLE);
        assertThat(contacts()).isEqualTo(PEOPLE);
        assertThat(crm.queryForObject("select count(distinct number) from contact", Long.class))
                .isEqualTo(PEOPLE);
        Aftermath.assertSettled(house, MAPPING);
    }

    private void await(long contacts, CompletableFuture<?> run) {
        while (contacts() < contacts) {
            assertThat(run).as("the run goes on").isNotDone();
        }
    }

    private long contacts() {
        return Objects.requireNonNull(crm.queryForObject("select count(*) from contact", Long.class));
    }

    private House house(String call, String keys, TestDatabase platform) {
        String timeouts = "{connect: 2s, call: " + call + "}";
        return House.on(
                        StaffHome.elsewhere(folder, proxy.through(server.url()), server.username(), timeouts, keys)
                                .folder(),
                        platform)
                .set("concord.retries.within", "3s")
                .partitionsOf(PEOPLE / THREADS)
                .open();
    }
}
