package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MAPPING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Processes under one host's name that do not see each other, as those of containers on the host's network are. Needs
 * the right to make a namespace; skips with a shout.
 */
class OtherNamespaceIT {

    /** A second for each person until the gate is open, so that the run lasts for as long as the test looks at it. */
    private static final String SLOW = """
            feedSize: 2
            taskThreads: 0
            onCreate: >-
              const end = Date.now() + 1000;
              while (Date.now() < end && openidm.read('managed/gate/open') === null) {}
            """;

    private static final List<String> APART = List.of("unshare", "--pid", "--fork", "--mount-proc");

    @TempDir
    Path folder;

    @Test
    void neitherTakesTheLeaseOfAnotherThatItCannotSee() throws Exception {
        List<String> apart = apart();
        StaffHome home = StaffHome.managed(folder.resolve("home"), SLOW);
        TwoServersIT.shutGate(home);
        try (TestDatabase database = Databases.server().fresh()) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            Process first = start(List.of(), home, database, "first", "run", MAPPING);
            try {
                awaitPage(jdbc, first, "first");
                String run = jdbc.queryForObject("select run_id from recon_run", String.class);
                String holder =
                        jdbc.queryForObject("select holder from run_lease where run_id is not null", String.class);
                assertThat(holder).contains(":" + first.pid() + " ");
                String refused = "Run " + run + " works on the links of " + MAPPING + " already ("
                        + holder.substring(0, holder.indexOf(' ')) + ").";

                assertEnds(start(List.of(), home, database, "beside", "run", MAPPING), "beside", 5, refused);
                assertEnds(start(apart, home, database, "apart", "run", MAPPING), "apart", 5, refused);
                assertThat(first.isAlive()).as(said("first")).isTrue();
                assertThat(jdbc.queryForList("select state from recon_run", String.class))
                        .containsExactly("ACTIVE");

                first.destroyForcibly().waitFor();
                jdbc.update("update run_lease set expires_at = timestampadd(minute, 5, expires_at)");
                assertEnds(start(apart, home, database, "apart2", "restart", run), "apart2", 5, refused);
                try (House house = House.open(home.folder(), database)) {
                    TwoServersIT.openGate(house);
                }
                assertEnds(start(List.of(), home, database, "beside2", "restart", run), "beside2", 0, run);
            } finally {
                first.destroyForcibly().waitFor();
            }
        }
    }

    private static List<String> apart() throws InterruptedException {
        List<String> asAnybody = new ArrayList<>(APART);
        asAnybody.addAll(1, List.of("--user", "--map-root-user"));
        for (List<String> way : List.of(APART, asAnybody)) {
            List<String> command = new ArrayList<>(way);
            command.add("true");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return way;
                }
            } catch (IOException noSuchCommand) {
                break;
            }
        }
        String message =
                "SKIPPED: no namespace of process ids can be made here, so nothing was tried on processes that do"
                        + " not see each other. Run as root, with unshare on the PATH.";
        System.err.println(message);
        throw new TestAbortedException(message);
    }

    private Process start(List<String> prefix, StaffHome home, TestDatabase database, String output, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(ConcordCommand.of(home.folder(), database, List.of(), words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile())
                .start();
    }

    private void assertEnds(Process process, String output, int exit, String saying) throws Exception {
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said(output)).isEqualTo(exit);
            assertThat(said(output)).contains(saying);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void awaitPage(JdbcTemplate jdbc, Process process, String output) throws Exception {
        while (jdbc.queryForObject(
                        "select count(*) from information_schema.tables where table_schema = schema() and table_name = 'segment'",
                        Long.class)
                == 0) {
            assertThat(process.isAlive()).as(said(output)).isTrue();
            Thread.sleep(100);
        }
        while (jdbc.queryForObject("select count(*) from segment where segment_no > 0", Long.class) == 0) {
            assertThat(process.isAlive()).as(said(output)).isTrue();
            Thread.sleep(100);
        }
    }

    private String said(String output) throws IOException {
        return Files.readString(folder.resolve(output), UTF_8);
    }
}
