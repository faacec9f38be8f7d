package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RunLogIT {

    @TempDir
    private Path home;

    @Test
    void theLogOfAServerSaysHowRunsEndedAndWhyTheyFailed(CapturedOutput output) throws Exception {
        write("data/people.csv", "number,name\n1,Ada\n");
        write("systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("managed/account.yaml", "name: account\nattributes:\n  name: {type: string}\n");
        write("people.yaml", """
                name: people
                source: system/staff/person
                target: managed/account
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        try (TestDatabase database = Databases.H2.fresh();
                Server server = Server.open(home, database)) {
            String good = run(server);
            Files.delete(home.resolve("jobs/data/people.csv"));
            String bad = run(server);
            List<String> lines = output.getErr()
                    .lines()
                    .filter(line -> line.contains(" RunLog "))
                    .toList();
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).contains("INFO", good + " of people works (FULL).");
            assertThat(lines.get(1)).contains("INFO", good + " of people ended: SUCCESS.");
            assertThat(lines.get(3)).contains("WARN", bad + " of people ended: FAILED (INFRASTRUCTURE)", "people.csv");
        }
    }

    private static String run(Server server) throws Exception {
        Answer answer =
                server.post("operator", "/openidm/recon?_action=recon&mapping=people&waitForCompletion=true", null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return String.valueOf(answer.json().get("_id"));
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("jobs").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
