package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.Concord;
import dev.concord.ledger.RunView;
import dev.concord.testing.CuttingProxy;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The platform database falls silent under a command that has the usual time-outs: how long it takes to end is printed,
 * and a restart finishes its run.
 */
class SilentPlatformChaos {

    /** Slow enough to be met at work. */
    private static final String SLOW = """
            feedSize: 20
            taskThreads: 4
            onCreate: "for (let i = 0; i < 200000; i++) {}"
            """;

    @TempDir
    Path folder;

    @Test
    void theCommandEndsByItselfAndARestartFinishesTheRun() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), SLOW);
        try (TestDatabase database = Databases.MARIADB.fresh();
                CuttingProxy proxy = CuttingProxy.of(database.url());
                House house = House.open(home.folder(), database)) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            house.get(dev.concord.ledger.Runs.class);
            Process process = start(home, database, proxy);
            try {
                while (process.isAlive()
                        && jdbc.queryForObject("select count(*) from segment where segment_no > 0", Long.class) < 2) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                proxy.fallSilent();
                long silent = System.nanoTime();
                assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
                System.out.printf(
                        "A command whose platform database fell silent ended after %d s.%n",
                        Duration.ofNanos(System.nanoTime() - silent).toSeconds());
                String said = Files.readString(folder.resolve("said"), UTF_8);
                assertThat(process.exitValue()).as(said).isEqualTo(1);
                String run = jdbc.queryForObject("select run_id from recon_run", String.class);
                assertThat(said)
                        .contains("was cut off", "./concord restart " + run)
                        .doesNotContain("\tat dev.concord");
                RunView done = house.restart(run);
                Aftermath.of(house, done, MANAGED)
                        .assertSameWorldAs(Aftermath.ofStaff(MANAGED, folder.resolve("undisturbed"), run));
                Aftermath.assertSettled(house, MAPPING);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(StaffHome home, TestDatabase database, CuttingProxy proxy) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpolyglot.engine.WarnInterpreterOnly=false",
                        "-Dconcord.home=" + home.folder(),
                        "-Dspring.datasource.url=" + proxy.through(database.url()),
                        "-Dspring.datasource.username=" + database.username(),
                        "-Dspring.datasource.password=" + database.password(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Concord.class.getName(),
                        "run",
                        MAPPING))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }
}
