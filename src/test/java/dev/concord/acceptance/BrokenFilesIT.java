package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
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
import dev.concord.run.RunRefused;
import dev.concord.run.RunsAtWork;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Sources that became shorter, or that end where they should not: nobody loses an account by that. */
class BrokenFilesIT {

    private static final int PEOPLE = 20;

    @TempDir
    Path folder;

    private TrapHome home;

    @BeforeEach
    void open() {
        home = new TrapHome(folder, Databases.H2);
        home.write("jobs/systems/sheet.yaml", """
                name: sheet
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        home.write("jobs/systems/lines.yaml", """
                name: lines
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: number}
                """);
        home.write("jobs/systems/db.yaml", """
                name: db
                type: jdbc
                datasource: platform
                objects:
                  person: {table: person, id: id}
                """);
        home.write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                """);
        for (String source : new String[] {"sheet", "lines", "db"}) {
            home.write("jobs/" + source + ".yaml", """
                    name: %1$s
                    source: system/%1$s/person
                    target: managed/account
                    feedSize: 5
                    taskThreads: 0
                    properties:
                      - {target: userName, source: name}
                    """.formatted(source) + TrapHome.RULES);
        }
        home.write("jobs/data/people.csv", csv());
        home.write("jobs/data/people.jsonl", jsonLines());
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static String csv() {
        StringBuilder rows = new StringBuilder("number,name,note\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append(100 + i).append(",\"Zoë, ").append(i).append("\",all is wéll\n");
        }
        return rows.toString();
    }

    private static String jsonLines() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < PEOPLE; i++) {
            rows.append("{\"number\": \"")
                    .append(100 + i)
                    .append("\", \"name\": \"Zoë, ")
                    .append(i)
                    .append("\"}\n");
        }
        return rows.toString();
    }

    private void begun(String mapping) {
        assertThat(home.done(mapping, "begun").counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
    }

    private void assertNobodyLost(String mapping) {
        assertThat(home.objects("managed/account")).hasSize(PEOPLE);
        assertThat(home.links(mapping)).hasSize(PEOPLE);
    }

    private static byte[] upTo(String text, String end, int more) {
        byte[] all = text.getBytes(UTF_8);
        int at = text.substring(0, text.indexOf(end)).getBytes(UTF_8).length;
        return Arrays.copyOf(all, at + more);
    }

    @Test
    void aCsvFileThatIsCutAnywhereDeletesNobody() {
        begun("sheet");
        // Once the last column has begun, nobody can tell the cut from a last line without a line break.
        String record = "110,\"Zoë, 10\",";
        for (int bytes = 1; bytes < record.getBytes(UTF_8).length; bytes++) {
            home.write("jobs/data/people.csv", upTo(csv(), record, bytes));
            Run run = home.house().run("sheet", "cut-" + bytes).run();
            assertThat(home.objects("managed/account"))
                    .as("cut behind %s bytes: %s", bytes, run.message())
                    .hasSize(PEOPLE);
            if (run.state() == RunState.FAILED) {
                assertThat(run.message()).contains("never closed").doesNotContain("Zo");
            }
        }
        assertNobodyLost("sheet");
        home.write("jobs/data/people.csv", csv());
        RunView again = home.done("sheet", "again");
        assertThat(TrapHome.writes(again)).isEmpty();
    }

    @Test
    void aCsvFileThatIsCutInsideACharacterDeletesNobody() {
        begun("sheet");
        // The last column of record 110 is there, up to the first half of its é.
        home.write("jobs/data/people.csv", upTo(csv(), "110,", "110,\"Zoë, 10\",all is wé".getBytes(UTF_8).length - 1));
        RunView cut = home.done("sheet", "cut");
        assertThat(TrapHome.writes(cut)).isEmpty();
        assertThat(home.failures(cut))
                .hasSize(PEOPLE - 10 + 1)
                .anyMatch(f -> f.contains("The file ends in the middle"));
        assertNobodyLost("sheet");
    }

    @Test
    void aJsonFileThatIsCutAnywhereInALineDeletesNobody() {
        begun("lines");
        String line = "{\"number\": \"110\", \"name\": \"Zoë, 10\"}";
        for (int bytes = 1; bytes < line.getBytes(UTF_8).length; bytes += 3) {
            home.write("jobs/data/people.jsonl", upTo(jsonLines(), line, bytes));
            RunView cut = home.done("lines", "cut-" + bytes);
            assertThat(TrapHome.writes(cut)).as("cut behind %s bytes", bytes).isEmpty();
            assertThat(home.failures(cut)).anyMatch(f -> f.contains("withheld"));
        }
        assertNobodyLost("lines");
    }

    @Test
    void filesThatVanishOrAreEmptyEndTheRunBeforeAnythingIsWritten() throws IOException {
        begun("sheet");
        Path csv = folder.resolve("jobs/data/people.csv");
        Files.delete(csv);
        assertThat(home.broken("sheet", "vanished")).contains("there is no file " + csv, "goes on");
        Files.createDirectory(csv);
        assertThat(home.broken("sheet", "folder")).contains(csv + " is not a file");
        Files.delete(csv);
        Files.createSymbolicLink(csv, csv);
        assertThat(home.broken("sheet", "loop")).contains(csv.toString());
        Files.delete(csv);
        home.write("jobs/data/people.csv", "");
        assertThat(home.broken("sheet", "empty")).contains("the file is empty");
        home.write("jobs/data/people.csv", "number,name,note\n");
        assertThat(home.house().run("sheet", "header").run().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        home.write("jobs/data/people.csv", "id;name;note\n100;a;b\n");
        assertThat(home.broken("sheet", "other-header")).contains("lacks number");
        assertNobodyLost("sheet");

        // What failed before it had read anything goes on with the file that is there then.
        home.write("jobs/data/people.csv", csv());
        RunView restarted = home.house().restart("vanished");
        assertThat(restarted.run().state()).as(restarted.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(TrapHome.writes(restarted)).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() {
        home.write("jobs/data/people.csv", "\uFEFF" + csv());
        begun("sheet");
        home.write("jobs/data/people.csv", csv());
        assertThat(TrapHome.writes(home.done("sheet", "without"))).isEmpty();
        home.write("jobs/data/people.jsonl", "\uFEFF" + jsonLines());
        begunElsewhere();
    }

    private void begunElsewhere() {
        assertThat(home.failures(home.done("lines", "marked"))).isEmpty();
    }

    @Test
    void anotherCharsetDeletesNobody() {
        begun("sheet");
        home.write("jobs/data/people.csv", csv().getBytes(UTF_16));
        assertThat(home.broken("sheet", "utf16")).contains("UTF-8").doesNotContain("Zo");
        home.write("jobs/data/people.csv", csv().getBytes(ISO_8859_1));
        RunView latin = home.done("sheet", "latin");
        assertThat(TrapHome.writes(latin)).isEmpty();
        assertThat(home.failures(latin)).hasSize(PEOPLE).allMatch(f -> f.contains("bytes that are not UTF-8"));
        assertNobodyLost("sheet");
    }

    @Test
    void aRunGoesOnWithTheFileItBeganWith() throws IOException {
        stoppedAfterAPage("sheet");
        home.write("jobs/data/people.csv", "number,name,note\n100,Only One,left\n");
        RunView done = home.house().restart("stopped");
        assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
        assertNobodyLost("sheet");

        home.write("jobs/data/people.csv", csv() + "999,New,one\n");
        home.house().run("sheet", "second", stopping());
        Path copies = folder.resolve("data/snapshots/second");
        assertThat(copies).isDirectory();
        FileSystemUtils.deleteRecursively(copies);
        assertThatThrownBy(() -> home.house().restart("second"))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining(copies.toString())
                .hasMessageContaining("start a new one");
        assertThat(home.house().find("second").orElseThrow().run().state())
                .as("as it was")
                .isEqualTo(RunState.CANCELED);
        assertThat(home.done("sheet", "third").counts().get(Measure.DELETED)).isZero();
        Aftermath.assertExplained(home.house(), "sheet", Holdings.NONE);
    }

    @Test
    void aTableThatIsEmptiedBetweenFailureAndRestartDeletesNobody() {
        home.house();
        home.jdbc().execute("create table person (id integer primary key, name varchar(50))");
        fill();
        begun("db");
        home.jdbc().update("update person set name = 'New'");
        stoppedAfterAPage("db");
        home.jdbc().execute("truncate table person");
        Run empty = home.house().restart("stopped").run();
        assertThat(empty.state()).isEqualTo(RunState.FAILED);
        assertThat(empty.condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertNobodyLost("db");

        fill();
        home.jdbc().update("update person set name = 'New'");
        RunView done = home.house().restart("stopped");
        assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(done.counts().get(Measure.UPDATED)).isEqualTo(PEOPLE);
        Aftermath.assertExplained(home.house(), "db", Holdings.NONE);
    }

    private void fill() {
        for (int i = 0; i < PEOPLE; i++) {
            home.jdbc().update("insert into person values (?, ?)", i, "Person " + i);
        }
    }

    private void stoppedAfterAPage(String mapping) {
        RunView stopped = home.house().run(mapping, "stopped", stopping());
        assertThat(stopped.run().state()).as(stopped.run().message()).isEqualTo(RunState.CANCELED);
    }

    private RunListener stopping() {
        AtomicBoolean asked = new AtomicBoolean();
        return new RunListener() {
            @Override
            public void committed(Run run, Phase phase, Counts page) {
                if (!asked.getAndSet(true)) {
                    home.house().get(RunsAtWork.class).stopAll(House.ACTOR);
                }
            }
        };
    }
}
