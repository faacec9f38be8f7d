package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Holdings;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.run.RunsAtWork;
import dev.concord.system.ObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped, by a command and by a signal, and that go on afterwards. */
class StopIT {

    private static final int PEOPLE = 3_000;
    private static final int PAGE = 50;
    private static final Pattern RUN_AT_WORK = Pattern.compile("people: run (\\S+) works[\\s\\S]*source: ");

    @TempDir
    Path folder;

    @Test
    void aRunThatIsAskedToStopEndsBehindAPageAndGoesOnFromThere() throws IOException {
        Path home = company("taskThreads: 3");
        try (TestDatabase database = Databases.H2.fresh();
                House house = House.on(home, database).partitionsOf(100).open()) {
            RunView stopped = house.run("people", "stopped", stopAfter(house, 4));
            assertThat(stopped.run().state()).as(stopped.run().message()).isEqualTo(RunState.CANCELED);
            assertThat(stopped.run().condition()).isEqualTo(RunCondition.STOPPED);
            long created = stopped.counts().get(Measure.CREATED);
            assertThat(created).isBetween(4L * PAGE, PEOPLE - 1L);
            assertThat(targets(house)).isEqualTo(created);
            assertThatThrownBy(() -> house.get(RunsAtWork.class).stop(stopped.run(), House.ACTOR))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageContaining("ended");

            RunView done = house.restart("stopped");
            assertThat(done.run().state()).isEqualTo(RunState.SUCCESS);
            assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
            assertThat(done.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(PEOPLE);
            assertThat(targets(house)).isEqualTo(PEOPLE);

            Aftermath.assertExplained(house, "people", Holdings.NONE);
            assertThat(house.find("again").orElseThrow().counts().get(Measure.UNCHANGED))
                    .isEqualTo(PEOPLE);
        }
    }

    @Test
    void aProcessThatIsTerminatedStopsItsRun() throws Exception {
        // Slow enough to be met while it works.
        Path home = company("""
                taskThreads: 0
                onCreate: const end = Date.now() + 2; while (Date.now() < end) {}
                """);
        Launcher launcher = new Launcher(home, folder);
        assertThat(launcher.run("db", "migrate").exitCode()).isZero();
        Process process = launcher.start("run", "people");
        try {
            String id = idOfTheRunAtWork(process);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("started")))
                    .isEqualTo(1);
            assertThat(Files.readString(folder.resolve("started")))
                    .contains(
                            "stopping at the end of the current pages",
                            "people: stopped",
                            "restart " + id.substring(0, 8));
            assertThat(Json.readObject(launcher.run("status", id, "--json").out()))
                    .containsEntry("state", "CANCELED")
                    .containsEntry("condition", "STOPPED");
            Launcher.Answer restarted = launcher.run("restart", id);
            assertThat(restarted.exitCode()).as(restarted.err()).isZero();
            assertThat(restarted.out()).contains("targets created %,d,".formatted(PEOPLE));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Asks for the stop from inside a commit, and holds that commit until the run has heard of it. */
    private static RunListener stopAfter(House house, int pages) {
        AtomicInteger committed = new AtomicInteger();
        return new RunListener() {
            @Override
            public void committed(Run run, Phase phase, Counts page) {
                if (committed.incrementAndGet() == pages) {
                    house.get(RunsAtWork.class).stopAll(House.ACTOR);
                }
            }
        };
    }

    /** Waits until the process says that it is at the source records, and answers the id of its run. */
    private String idOfTheRunAtWork(Process process) throws Exception {
        while (process.isAlive()) {
            String said = Files.readString(folder.resolve("started"));
            Matcher run = RUN_AT_WORK.matcher(said);
            if (run.find()) {
                return run.group(1);
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The run ended before it could be stopped.");
    }

    private static long targets(House house) {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            return sets.open("managed/account").count(null);
        }
    }

    private Path company(String keys) throws IOException {
        Path home = folder.resolve("home");
        StringBuilder rows = new StringBuilder("number,name\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append(i).append(",Person ").append(i).append('\n');
        }
        write(home.resolve("jobs/data/people.csv"), rows.toString());
        write(home.resolve("jobs/systems/staff.yaml"), """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write(home.resolve("jobs/managed/account.yaml"), """
                name: account
                attributes:
                  userName: {type: string, unique: true}
                """);
        write(home.resolve("jobs/people.yaml"), """
                name: people
                source: system/staff/person
                target: managed/account
                feedSize: %d
                properties:
                  - {target: userName, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """.formatted(PAGE) + keys);
        return home;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
