package dev.concord.api.openidm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.testing.Databases;
import dev.concord.testing.GoldenDocument;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server with one small mapping, and what its tests over REST have in common. */
final class RestHouse {

    static final int PEOPLE = 20;
    static final int LISTENERS = 2;
    static final String RECON = "/openidm/recon?_action=recon&mapping=hr-users";
    static final Gate GATE = new Gate();

    static Server server;
    static TestDatabase database;
    static Path home;

    private RestHouse() {}

    /** Holds runs at their first page while it is shut. */
    static final class Gate implements RunListener {

        private volatile CountDownLatch open = new CountDownLatch(0);
        private volatile CountDownLatch reached = new CountDownLatch(1);

        @Override
        public void begun(Run run, Phase phase) {
            try {
                reached.countDown();
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void shut() {
            reached = new CountDownLatch(1);
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        /** Until a run stands before it. */
        void awaitSomebody() throws InterruptedException {
            reached.await();
        }
    }

    static void start(Path folder) throws IOException {
        home = folder;
        write("jobs/hr-users.yaml", """
                name: hr-users
                source: system/hr/person
                target: managed/account
                displayAttributes: [name]
                taskThreads: 0
                feedSize: 10
                properties:
                  - {target: userName, source: name}
                  - {target: mail, source: mail}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        write("jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, required: true}
                  mail: {type: string}
                """);
        writePeople(PEOPLE);
        database = Databases.H2.fresh();
        server = Server.open(
                home,
                database,
                house -> house.registerBean("gate", RunListener.class, () -> GATE),
                "concord.events.listeners=" + LISTENERS);
    }

    static void stop() {
        GATE.open();
        server.close();
        database.close();
    }

    static void writePeople(int number) throws IOException {
        StringBuilder people = new StringBuilder("number,name,mail\n");
        for (int i = 1; i <= number; i++) {
            people.append("%d,%s,%d@example.com\n".formatted(i, i == 3 ? "=cmd()" : "Person " + i, i));
        }
        write("jobs/data/people.csv", people.toString());
    }

    private static void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** As if nothing had ever been run. */
    static void forgetEverybody() {
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        server.get(Runs.class)
                .newest(null, 1000)
                .forEach(run -> server.get(Runs.class).forget(run.id()));
        jdbc.update("delete from link");
        // Its table is made when it is first asked for.
        ok(server.get("auditor", "/openidm/managed/account?_queryFilter=true&_pageSize=1"));
        jdbc.update("delete from \"managed_account\"");
    }

    static String started(String path) {
        Map<String, @Nullable Object> answer = ok(server.post("operator", path, null));
        assertLike("runs/started", answer);
        return (String) answer.get("_id");
    }

    static String waited(String path, @Nullable Object body) {
        Map<String, @Nullable Object> answer = ok(server.post("operator", path + "&waitForCompletion=true", body));
        assertLike("runs/waited", answer);
        return (String) answer.get("_id");
    }

    static Map<String, @Nullable Object> whenEnded(String run) throws InterruptedException {
        while (true) {
            Map<String, @Nullable Object> seen = ok(server.get("auditor", "/openidm/recon/" + run));
            if (!"ACTIVE".equals(seen.get("state"))) {
                return seen;
            }
            Thread.sleep(50);
        }
    }

    static String entries(String run, String filter) {
        return "/openidm/recon/assoc/" + run + "/entry?_queryFilter=" + encoded(filter);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static List<String> sources(Map<String, @Nullable Object> page) {
        return ((List<?>) page.get("result"))
                .stream()
                        .map(entry -> (String) ((Map<?, ?>) entry).get("sourceObjectId"))
                        .toList();
    }

    static Map<String, @Nullable Object> ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static void assertLike(String golden, @Nullable Object answer) {
        assertThat(GoldenDocument.of(golden).differences(answer)).as(golden).isEmpty();
    }

    /** The only mapping, as it is listed. */
    static Map<String, @Nullable Object> mappingAtWork() {
        Map<String, @Nullable Object> mappings =
                ok(server.get("auditor", "/openidm/sync/mappings?_queryFilter=name+eq+%22hr-users%22"));
        assertThat(mappings).containsEntry("resultCount", 1);
        return JsonValues.copyOf((Map<?, ?>) ((List<?>) mappings.get("result")).getFirst());
    }

    /**
     * What whoever begins to watch a run is told first.
     *
     * @param end makes an end of it, so that the place is free for others again
     */
    static Map<String, @Nullable Object> firstEvent(String run, Runnable end) throws Exception {
        HttpRequest listen = HttpRequest.newBuilder(server.address("/api/runs/" + run + "/events"))
                .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines =
                        client.send(listen, BodyHandlers.ofLines()).body()) {
            Iterator<String> told = lines.iterator();
            assertThat(told.next()).startsWith("event: ");
            Map<String, @Nullable Object> first = Json.readObject(told.next().substring("data: ".length()));
            end.run();
            told.forEachRemaining(more -> {});
            return first;
        }
    }
}
