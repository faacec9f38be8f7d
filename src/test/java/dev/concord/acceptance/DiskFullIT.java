package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Holdings;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full: what cannot be written whole is not there at all, and the run goes on when there is room. */
class DiskFullIT {

    private static final int PEOPLE = 3_000;

    @TempDir
    Path folder;

    private TrapHome home;

    @BeforeEach
    void company() {
        home = new TrapHome(folder, Databases.H2);
        StringBuilder rows = new StringBuilder("number,name,note\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append(i)
                    .append(",Person ")
                    .append(i)
                    .append(",")
                    .append("n".repeat(200))
                    .append('\n');
        }
        home.write("jobs/data/people.csv", rows.toString());
        home.write("jobs/systems/sheet.yaml", """
                name: sheet
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                  copy: {file: ../data/out/copy.csv, id: number, attributes: {name: {type: string}, note: {type: string}}}
                """);
        home.write("jobs/managed/account.yaml", "name: account\nattributes:\n  note: {type: string}\n");
        home.write("jobs/people.yaml", """
                name: people
                source: system/sheet/person
                target: managed/account
                properties:
                  - {target: note, source: note}
                """ + TrapHome.RULES);
        home.write("jobs/copies.yaml", """
                name: copies
                source: system/sheet/person
                target: system/sheet/copy
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: note, source: note}
                """ + TrapHome.RULES);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aSnapshotThatDoesNotFitFailsTheRunWhichGoesOnWithMoreRoom() throws Exception {
        Path snapshots = folder.resolve("data/snapshots");
        try (SmallDisk disk = SmallDisk.at(snapshots, "256k")) {
            Run failed = home.house().run("people", "full").run();
            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            assertThat(failed.condition()).isEqualTo(RunCondition.INFRASTRUCTURE);
            assertThat(failed.message())
                    .contains(snapshots.resolve("full").toString())
                    .contains("No space left on device. Make room there.")
                    .contains("goes on from where the run was");
            assertThat(filesBelow(snapshots)).isEmpty();

            disk.grow("20m");
            RunView done = home.house().restart("full");
            assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
            Aftermath.assertExplained(home.house(), "people", Holdings.NONE);
        }
    }

    @Test
    void aTargetFileThatDoesNotFitIsNotThereInPart() throws Exception {
        Path out = folder.resolve("jobs/data/out");
        try (SmallDisk disk = SmallDisk.at(out, "256k")) {
            home.write("jobs/data/out/copy.csv", "number,name,note\nold,Old,one\n");
            Holdings before = Holdings.of(home.house(), "copies");
            Run failed = home.house().run("copies", "full").run();
            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            assertThat(failed.condition()).isEqualTo(RunCondition.INFRASTRUCTURE);
            assertThat(failed.message())
                    .contains(out.resolve("copy.csv").toString())
                    .contains("No space left on device. Make room there.");
            assertThat(filesBelow(out)).containsExactly("copy.csv");
            assertThat(home.read("jobs/data/out/copy.csv")).isEqualTo("number,name,note\nold,Old,one\n");

            disk.grow("20m");
            RunView done = home.house().restart("full");
            assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(home.read("jobs/data/out/copy.csv").lines()).hasSize(PEOPLE + 2);
            assertThat(filesBelow(out)).containsExactly("copy.csv");
            Aftermath.assertExplained(home.house(), "copies", before);
        }
    }

    @Test
    void anEmbeddedDatabaseThatDoesNotFitFailsTheRunWhichGoesOnWithMoreRoom() throws Exception {
        Path data = folder.resolve("data");
        Launcher launcher = new Launcher(folder, folder);
        try (SmallDisk disk = SmallDisk.at(data, "3m")) {
            Launcher.Answer failed = launcher.run("run", "people");
            assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
            assertThat(failed.err())
                    .contains(
                            "There is no room for the platform database",
                            data.resolve("concord").toString())
                    .contains("No space left on device", "Make room");
            Matcher run = Pattern.compile("people: run (\\S+) works").matcher(failed.err());
            assertThat(run.find()).isTrue();

            disk.grow("60m");
            assertThat(launcher.run("status").out()).contains("interrupted", "restart");
            Launcher.Answer restarted = launcher.run("restart", run.group(1));
            assertThat(restarted.exitCode()).as(restarted.err()).isZero();
            assertThat(restarted.out()).contains("targets created 3,000");
            Launcher.Answer third = launcher.run("run", "people");
            assertThat(third.out()).contains("targets created 0, updated 0, unchanged 3,000, deleted 0");
        }
    }

    @Test
    void resultsThatDoNotArriveAreNoSuccess() throws Exception {
        Launcher launcher = new Launcher(folder, folder);
        assertThat(launcher.run("run", "people", "--id", "17").exitCode()).isZero();
        for (List<String> command : List.of(
                List.of("query", "system/sheet/person", "--json"), List.of("runs"), List.of("schema", "mapping"))) {
            Launcher.Answer answer = launcher.runInto(Path.of("/dev/full"), command.toArray(String[]::new));
            assertThat(answer.exitCode()).as(command + " " + answer.err()).isEqualTo(1);
            assertThat(answer.err()).contains("could not be written as a whole: No space left on device");
        }
    }

    @Test
    void aConvertedMappingIsThereAsAWholeOrNotAtAll() throws Exception {
        Path out = folder.resolve("converted");
        String filler = "x".repeat(300_000);
        home.write("sync.json", """
                {"mappings": [{"name": "big", "source": "managed/account", "target": "managed/account",
                  "onCreate": {"type": "text/javascript", "source": "/* %s */ 1"}}]}
                """.formatted(filler));
        try (SmallDisk disk = SmallDisk.at(out, "128k")) {
            Launcher launcher = new Launcher(folder, folder);
            String file = folder.resolve("sync.json").toString();
            Launcher.Answer full = launcher.run("convert", file, "--out", out.toString());
            assertThat(full.exitCode()).isEqualTo(2);
            assertThat(full.err()).contains(out.resolve("big.yaml").toString(), "cannot be written");
            assertThat(filesBelow(out)).isEmpty();
            disk.grow("5m");
            assertThat(launcher.run("convert", file, "--out", out.toString()).exitCode())
                    .isZero();
            assertThat(filesBelow(out)).containsExactly("big.yaml");
        }
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
