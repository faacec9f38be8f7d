package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunView;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Others hold locks on rows that a run wants to change, on MariaDB, which rolls one of two back that wait in a ring.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LockedRowsIT {

    private static final String KEYS = "feedSize: 100\ntaskThreads: 0\n";

    /** Who has changed less is rolled back, and that shall be the run. */
    private static final int HEAVY = 3_000;

    /**
     * Milliseconds; the database shows its transactions as they were when nobody has looked for a tenth of a second.
     */
    private static final int REFRESH = 150;

    private final GraalScripts scripts = new GraalScripts();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        scripts.close();
    }

    @Test
    void aDeadlockWithAnotherSessionCostsARepetitionAndNothingElse() throws Exception {
        disturb("", (house, jdbc, other) -> {
            try (Statement statement = other.createStatement()) {
                statement.execute("create table heavy (n int primary key)");
                other.setAutoCommit(false);
                for (int i = 0; i < HEAVY; i += 100) {
                    StringBuilder rows = new StringBuilder("insert into heavy values ");
                    for (int j = i; j < i + 100; j++) {
                        rows.append(j == i ? "(" : ",(").append(j).append(")");
                    }
                    statement.execute(rows.toString());
                }
                String last =
                        jdbc.queryForObject("select max(_id) from managed_account where number < 'N100'", String.class);
                String first =
                        jdbc.queryForObject("select min(_id) from managed_account where number < 'N100'", String.class);
                lock(statement, last);
                CompletableFuture<RunView> run = CompletableFuture.supplyAsync(() -> house.run(MAPPING, "second"));
                awaitWaiting(jdbc);
                // Closes the ring: whoever the database rolls back, it is not this session.
                lock(statement, first);
                other.rollback();
                return run.get();
            }
        });
    }

    @Test
    void aLockThatIsNotGivenFreeInTimeIsWaitedForAgain() throws Exception {
        disturb("?sessionVariables=innodb_lock_wait_timeout=1", (house, jdbc, other) -> {
            try (Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                lock(statement, jdbc.queryForObject("select min(_id) from managed_account", String.class));
                CompletableFuture<RunView> run = CompletableFuture.supplyAsync(() -> house.run(MAPPING, "second"));
                awaitWaiting(jdbc);
                String first = waiting(jdbc);
                String now = first;
                while (!run.isDone() && (now.isEmpty() || now.equals(first))) {
                    Thread.sleep(REFRESH);
                    now = waiting(jdbc);
                }
                other.rollback();
                return run.get();
            }
        });
    }

    @FunctionalInterface
    private interface Disturbance {
        RunView during(House house, JdbcTemplate jdbc, Connection other) throws Exception;
    }

    private void disturb(String parameters, Disturbance disturbance) throws Exception {
        Aftermath undisturbed;
        try (TestDatabase control = Databases.MARIADB.fresh();
                House house = edited(folder.resolve("control"), control, "")) {
            undisturbed = Aftermath.of(house, house.run(MAPPING, "second"), MANAGED);
        }
        try (TestDatabase database = Databases.MARIADB.fresh();
                House house = edited(folder.resolve("home"), database, parameters);
                Connection other = database.dataSource().getConnection()) {
            RunView view = disturbance.during(house, new JdbcTemplate(database.dataSource()), other);
            assertThat(view.counts().get(Measure.RETRIES)).isPositive();
            Aftermath.of(house, view, MANAGED).assertSameAs(undisturbed);
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    /** Everybody has an account and another name by now. */
    private House edited(Path place, TestDatabase database, String parameters) {
        StaffHome home = StaffHome.managed(place, KEYS);
        House house = House.on(home.folder(), database.url() + parameters, database.username(), database.password())
                .with(Scripts.class, own -> scripts)
                .open();
        house.run(MAPPING, "first");
        home.writePeople(" the second");
        return house;
    }

    private static void lock(Statement statement, String id) throws SQLException {
        statement.executeQuery("select _id from managed_account where _id = '" + id + "' for update");
    }

    private static void awaitWaiting(JdbcTemplate jdbc) throws InterruptedException {
        while (waiting(jdbc).isEmpty()) {
            Thread.sleep(REFRESH);
        }
    }

    /** The transactions that wait for a lock, and since when. */
    private static String waiting(JdbcTemplate jdbc) {
        return String.join(
                " ",
                jdbc.queryForList(
                        "select concat(trx_id, trx_wait_started) from information_schema.innodb_trx where trx_state = 'LOCK WAIT' order by trx_id",
                        String.class));
    }
}
