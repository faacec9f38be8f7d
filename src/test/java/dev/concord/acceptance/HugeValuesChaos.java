package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of ten megabytes each, more of them in a page than the heap could hold. */
class HugeValuesChaos {

    private static final int RECORDS = 40;

    @TempDir
    Path folder;

    @Test
    void aPageOfHugeRecordsIsCutSoThatItFitsIntoTheHeap() throws Exception {
        try (TrapHome home = new TrapHome(folder, dev.concord.testing.Databases.H2)) {
            home.write("jobs/systems/hr.yaml", """
                    name: hr
                    type: json
                    objects:
                      person: {file: ../data/people.jsonl, id: number}
                    """);
            home.write("jobs/managed/account.yaml", """
                    name: account
                    attributes:
                      name: {type: string}
                      photoSize: {type: integer}
                    """);
            home.write("jobs/people.yaml", """
                    name: people
                    source: system/hr/person
                    target: managed/account
                    taskThreads: 2
                    displayAttributes: [{source: photo}]
                    properties:
                      - {target: name, source: name}
                      - {target: photoSize, source: photo, transform: source.length}
                    """ + TrapHome.RULES);
            write(folder.resolve("jobs/data/people.jsonl"));
        }
        Launcher launcher = new Launcher(folder, folder, Map.of("CONCORD_JAVA_OPTIONS", "-Xmx256m"));
        for (String expected : new String[] {"created", "unchanged"}) {
            Launcher.Answer answer = launcher.run("run", "people", "--json");
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(Json.readObject(answer.out()).get("effects"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry(expected, RECORDS);
        }
    }

    private static void write(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        String photo = "p".repeat(10 << 20);
        try (BufferedWriter lines = Files.newBufferedWriter(file, UTF_8)) {
            for (int i = 0; i < RECORDS; i++) {
                lines.write("{\"number\": \"" + i + "\", \"name\": \"Person\", \"photo\": \"");
                lines.write(photo);
                lines.write("\"}\n");
            }
        }
    }
}
