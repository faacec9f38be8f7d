package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.PeopleHome;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
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

    @Test
    void theLogOfAServerSaysHowRunsEndedAndWhyTheyFailed(@TempDir Path folder, CapturedOutput output) throws Exception {
        PeopleHome home = PeopleHome.in(folder);
        try (TestDatabase database = Databases.H2.fresh();
                Server server = Server.open(folder, database)) {
            String good = run(server);
            Files.delete(home.file("data/people.csv"));
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
}
