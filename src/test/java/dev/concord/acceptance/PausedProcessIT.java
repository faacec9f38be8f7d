package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A process that is paused in the middle of a page, with a transaction open, until somebody else has taken its run over
 * and finished it. When it wakes it writes nothing more, says why, and ends.
 */
class PausedProcessIT {

    /** A second a page, however fast the machine, and record by record within the page's transaction. */
    private static final String SLOW = """
            feedSize: 100
            taskThreads: 0
            onCreate: >-
              const end = Date.now() + 10;
              while (Date.now() < end) {}
              openidm.read('managed/account/nobody')
            """;

    /**
     * Milliseconds; the database shows its transactions as they were when nobody has looked for a tenth of a second.
     */
    private static final int REFRESH = 150;

    @TempDir
    Path folder;

    @Test
    void aProcessThatWakesAfterItsLeaseWasTakenWritesNothingMore() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), SLOW);
        try (GraalScripts scripts = new GraalScripts();
                TestDatabase database = Databases.MARIADB.fresh();
                House house = House.on(home.folder(), database)
                        .with(Scripts.class, own -> scripts)
                        .open()) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            house.get(Runs.class);
            Process process = start(home, database);
            try {
                awaitOpenPage(jdbc, process);
                signal(process, "STOP");
                String run = jdbc.queryForObject("select run_id from recon_run", String.class);
                // As if half a minute had gone by.
                jdbc.update("update run_lease set expires_at = timestampadd(minute, -1, utc_timestamp(6))");

                RunView done = house.restart(run);
                assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
                Aftermath finished = Aftermath.of(house, done, MANAGED);

                signal(process, "CONT");
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                String said = Files.readString(folder.resolve("said"));
                assertThat(process.exitValue()).as(said).isEqualTo(1);
                assertThat(said)
                        .contains("Run " + run + " no longer holds the lease", "Nothing more was written.")
                        .doesNotContain("\tat ");
                Aftermath.of(house, house.find(run).orElseThrow(), MANAGED).assertSameAs(finished);
                assertThat(finished.counts())
                        .isEqualTo(undisturbed(scripts, run).counts());
                Aftermath.assertSettled(house, MAPPING);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Aftermath undisturbed(GraalScripts scripts, String run) {
        StaffHome home = StaffHome.managed(folder.resolve("control"), SLOW);
        try (TestDatabase database = Databases.MARIADB.fresh();
                House house = House.on(home.folder(), database)
                        .with(Scripts.class, own -> scripts)
                        .open()) {
            return Aftermath.of(house, house.run(MAPPING, run), MANAGED);
        }
    }

    /** Its transactions are rolled back once it has been silent for a few seconds. */
    private Process start(StaffHome home, TestDatabase database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ConcordCommand.of(home.folder(), database, List.of("concord.timeouts.idle=3s"), "run", MAPPING));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    private void awaitOpenPage(JdbcTemplate jdbc, Process process) throws Exception {
        while (true) {
            List<Long> open = jdbc.queryForList(
                    "select trx_rows_modified from information_schema.innodb_trx where trx_rows_modified > 20",
                    Long.class);
            if (!open.isEmpty()
                    && jdbc.queryForObject("select count(*) from segment where segment_no > 0", Long.class) > 0) {
                return;
            }
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("said"), UTF_8))
                    .isTrue();
            Thread.sleep(REFRESH);
        }
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
