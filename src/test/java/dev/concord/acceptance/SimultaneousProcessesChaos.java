package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.Concord;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.Reconciliations;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes start the same mapping at the same moment: one works, the others end with exit code 5. */
class SimultaneousProcessesChaos {

    private static final int STARTS = Integer.getInteger("concord.starts", 20);

    @TempDir
    Path folder;

    @Test
    void oneProcessRunsAndTheOthersNameIt() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), "feedSize: 100\n");
        try (TestDatabase database = Databases.MARIADB.fresh();
                House house = House.open(home.folder(), database);
                Connection brake = database.dataSource().getConnection();
                Statement statement = brake.createStatement()) {
            assertThat(house.get(Runs.class).newest(MAPPING, 1)).isEmpty();
            house.get(Reconciliations.class).links(MAPPING).count();
            // Whoever gets the lease waits here for all the others to be refused.
            statement.execute("lock tables link write");
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                processes.add(start(home, database, i));
            }
            while (processes.stream().filter(Process::isAlive).count() > 1) {
                Thread.sleep(100);
            }
            statement.execute("unlock tables");
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                assertThat(processes.get(i).waitFor(3, TimeUnit.MINUTES)).isTrue();
                if (processes.get(i).exitValue() == 0) {
                    winners.add(i);
                }
            }
            assertThat(winners).hasSize(1);
            List<Run> runs = house.get(Runs.class).newest(MAPPING, STARTS);
            assertThat(runs).hasSize(1);
            assertThat(runs.getFirst().state()).isEqualTo(RunState.SUCCESS);
            for (int i = 0; i < STARTS; i++) {
                if (i != winners.getFirst()) {
                    assertThat(processes.get(i).exitValue()).as(said(i)).isEqualTo(5);
                    assertThat(said(i))
                            .contains(
                                    runs.getFirst().id(),
                                    ":" + processes.get(winners.getFirst()).pid() + ")");
                }
            }
            Aftermath.of(house, house.find(runs.getFirst().id()).orElseThrow(), MANAGED)
                    .assertSameWorldAs(Aftermath.ofStaff(
                            MANAGED,
                            folder.resolve("undisturbed"),
                            runs.getFirst().id()));
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    private Process start(StaffHome home, TestDatabase database, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpolyglot.engine.WarnInterpreterOnly=false",
                        "-Dconcord.home=" + home.folder(),
                        "-Dspring.datasource.url=" + database.url(),
                        "-Dspring.datasource.username=" + database.username(),
                        "-Dspring.datasource.password=" + database.password(),
                        "-Dconcord.timeouts.call=10m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Concord.class.getName(),
                        "run",
                        MAPPING)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said" + number).toFile())
                .start();
    }

    private String said(int number) throws IOException {
        return Files.readString(folder.resolve("said" + number), UTF_8);
    }
}
