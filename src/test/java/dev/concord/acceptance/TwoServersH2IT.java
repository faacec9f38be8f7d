package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two servers on one embedded database, as the default settings allow it: schedules fire once, and when the one is
 * killed through which the other reaches the database, that one goes on.
 */
class TwoServersH2IT {

    @TempDir
    Path folder;

    @Test
    void everyFiringRunsOnceAlsoWhenTheServerIsKilledThatHasTheDatabase() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), "");
        home.write(
                "users.yaml",
                "users:\n  viewer: {password: \"{noop}%s\", roles: [viewer]}\n".formatted(Server.PASSWORD));
        TwoServersIT.often(home, true);
        TestDatabase database = TestDatabase.at(
                Databases.H2,
                "jdbc:h2:file:" + folder.resolve("concord") + ";WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
                "sa",
                "");
        // Whoever opens the file first has it; a pool of the test would.
        database.close();
        try (HttpClient client = HttpClient.newHttpClient();
                ServerProcess one =
                        ServerProcess.start(home.folder(), database, folder.resolve("one"), TwoServersIT.QUICK)) {
            one.await();
            try (ServerProcess two =
                    ServerProcess.start(home.folder(), database, folder.resolve("two"), TwoServersIT.QUICK)) {
                two.await();
                int together = succeeded(client, two);
                awaitMore(client, two, together + 1);
                one.kill();
                int before = succeededOrNone(client, two);
                awaitMore(client, two, Math.max(before, together) + 3);
                TwoServersIT.often(home, false);
                Instant end = Instant.now().plusSeconds(60);
                while (answer(client, two, "/openidm/scheduler/job/often").contains("\"enabled\":true")
                        || answer(client, two, "/openidm/recon?_pageSize=5").contains("ACTIVE")) {
                    assertThat(Instant.now()).as(two.said()).isBefore(end);
                    Thread.sleep(200);
                }
                assertThat(two.terminate()).as(two.said()).isZero();
            }
        }
        TestDatabase again = TestDatabase.at(Databases.H2, database.url(), "sa", "");
        try (again;
                House house = House.open(home.folder(), again)) {
            TwoServersIT.eachFiringRanOnce(house, new JdbcTemplate(again.dataSource()));
        }
    }

    private static void awaitMore(HttpClient client, ServerProcess server, int runs) throws Exception {
        Instant end = Instant.now().plusSeconds(90);
        while (succeededOrNone(client, server) < runs) {
            assertThat(Instant.now()).as(server.said()).isBefore(end);
            Thread.sleep(200);
        }
    }

    /** While the database changes hands, nobody knows. */
    private static int succeededOrNone(HttpClient client, ServerProcess server) throws Exception {
        try {
            return succeeded(client, server);
        } catch (IllegalStateException unknown) {
            return 0;
        }
    }

    private static int succeeded(HttpClient client, ServerProcess server) throws Exception {
        List<?> runs = (List<?>) Json.readObject(answer(client, server, "/openidm/recon?_pageSize=1000"))
                .get("reconciliations");
        return (int) runs.stream()
                .filter(run -> "SUCCESS".equals(((Map<?, ?>) run).get("state")))
                .count();
    }

    private static String answer(HttpClient client, ServerProcess server, String path)
            throws IOException, InterruptedException {
        var response = client.send(
                HttpRequest.newBuilder(server.address(path))
                        .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body();
    }
}
