package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one embedded database, as the default settings allow it: the second reaches it through the first. The
 * second works on a run; the first tells of it, stops it, sees that it is dead, and closes it.
 */
class RunOfAnotherProcessIT {

    /** Four seconds, however fast the machine, so that there is something to watch. */
    private static final String SLOW = """
            feedSize: 20
            taskThreads: 0
            onCreate: >-
              const end = Date.now() + 10;
              while (Date.now() < end) {}
              openidm.read('managed/account/nobody')
            """;

    @TempDir
    Path folder;

    @Test
    void isToldOfStoppedAndRecoveredByAServerThatSharesTheEmbeddedDatabase() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), SLOW);
        TestDatabase database = TestDatabase.at(
                Databases.H2,
                "jdbc:h2:file:" + folder.resolve("concord") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
                "sa",
                "");
        try (database;
                Server first = Server.open(home.folder(), database);
                ServerProcess second = ServerProcess.start(home.folder(), database, folder.resolve("said"))) {
            second.await();
            Run run = started(first, second);
            try (HttpClient client = HttpClient.newHttpClient();
                    Stream<String> lines = client.send(
                                    HttpRequest.newBuilder(first.address("/api/runs/" + run.id() + "/events"))
                                            .headers(
                                                    "X-OpenIDM-Username",
                                                    "viewer",
                                                    "X-OpenIDM-Password",
                                                    Server.PASSWORD)
                                            .build(),
                                    BodyHandlers.ofLines())
                            .body()) {
                Iterator<String> told = lines.iterator();
                Map<String, @Nullable Object> working = next(told, "run");
                assertThat(working).containsEntry("workedOn", true).containsEntry("state", "ACTIVE");
                long done = processed(working);
                while (done == processed(working)) {
                    working = next(told, "run");
                }
                assertThat(first.send("operator", "POST", "/api/runs/" + run.id() + "/recover", null)
                                .status())
                        .as("it lives")
                        .isEqualTo(409);
                assertThat(health(first)).contains("\"silent\":0");

                second.kill();

                while (Boolean.TRUE.equals(working.get("workedOn"))) {
                    working = next(told, "run");
                }
                assertThat(working).containsEntry("state", "ACTIVE");
                assertThat(health(first)).contains("\"status\":\"WARNING\"", "\"silent\":1", "\"people\"");
                Answer recovered = first.send("operator", "POST", "/api/runs/" + run.id() + "/recover", null);
                assertThat(recovered.status()).as(recovered.body()).isEqualTo(200);
                assertThat(recovered.json()).containsEntry("state", "FAILED");
                assertThat(next(told, "end")).containsEntry("state", "FAILED");
            }
            assertThat(health(first)).contains("\"silent\":0");
            Answer again = first.post("operator", "/api/runs/" + run.id() + "/restart", null);
            assertThat(again.status()).as(again.body()).isEqualTo(200);
            first.post("operator", "/openidm/recon/" + run.id() + "?_action=cancel", null);
            while (run(first, run.id()).state() == RunState.ACTIVE) {
                Thread.sleep(50);
            }
            assertThat(run(first, run.id()).state()).isIn(RunState.CANCELED, RunState.SUCCESS);
        }
    }

    /** A run that the second server works on. */
    private static Run started(Server first, ServerProcess second) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        client.send(
                HttpRequest.newBuilder(second.address("/openidm/recon?_action=recon&mapping=" + StaffHome.MAPPING))
                        .headers("X-OpenIDM-Username", "operator", "X-OpenIDM-Password", Server.PASSWORD)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        client.close();
        List<Run> runs = first.get(Runs.class).newest(StaffHome.MAPPING, 2);
        assertThat(runs).as(second.said()).hasSize(1);
        return runs.getFirst();
    }

    private static Map<String, @Nullable Object> next(Iterator<String> told, String event) {
        String name = "";
        while (told.hasNext()) {
            String line = told.next();
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && name.equals(event)) {
                return Json.readObject(line.substring("data: ".length()));
            }
        }
        throw new AssertionError("The events ended without another " + event + "; the last one was " + name + ".");
    }

    private static long processed(Map<String, @Nullable Object> run) {
        Map<?, ?> source = (Map<?, ?>) ((Map<?, ?>) run.get("progress")).get("source");
        return ((Number) ((Map<?, ?>) source.get("existing")).get("processed")).longValue();
    }

    private static String health(Server server) {
        return server.send(HttpRequest.newBuilder(server.management("/actuator/health"))
                        .build())
                .body();
    }

    private static Run run(Server server, String id) {
        return server.get(Runs.class).find(id).orElseThrow();
    }
}
