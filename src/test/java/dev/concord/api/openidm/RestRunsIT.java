package dev.concord.api.openidm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunTallies;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.testing.Clients;
import dev.concord.testing.Databases;
import dev.concord.testing.GoldenDocument;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A client that knows PingIDM's documents and nothing else, and what Concord has besides, on one server. */
class RestRunsIT {

    private static final int PEOPLE = 20;
    private static final int LISTENERS = 2;
    private static final String RECON = "/openidm/recon?_action=recon&mapping=hr-users";

    private static final Gate GATE = new Gate();
    private static Server server;
    private static TestDatabase database;
    private static Path home;

    /** Holds runs at their first page while it is shut. */
    private static final class Gate implements RunListener {

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

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
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

    private static void writePeople(int number) throws IOException {
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

    @AfterAll
    static void stop() {
        GATE.open();
        server.close();
        database.close();
    }

    @AfterEach
    void open() {
        GATE.open();
    }

    @Test
    void aClientStartsWatchesReadsAndCancelsRunsInTheShapesThatItKnows() throws Exception {
        forgetEverybody();
        Map<String, @Nullable Object> mapping = mappingAtWork();
        assertLike("runs/mapping", mapping);
        String first = started("/openidm/recon?_action=recon&mapping=" + mapping.get("_id"));
        Map<String, @Nullable Object> ended = whenEnded(first);
        assertLike("runs/ended", ended);
        assertThat(mappingAtWork()).containsEntry("recon", ended);
        assertThat(((Map<?, ?>) ended.get("situationSummary")).get("ABSENT")).isEqualTo(PEOPLE);

        assertLike("runs/assoc", ok(server.get("auditor", "/openidm/recon/assoc/" + first)));
        assertLike("runs/assoc-list", ok(server.get("viewer", "/openidm/recon/assoc?_queryFilter=true")));
        assertLike(
                "runs/entry-list",
                ok(server.get("auditor", entries(first, "situation eq \"ABSENT\"") + "&_pageSize=10")));
        Map<String, @Nullable Object> seen = ok(server.get("viewer", entries(first, "sourceObjectId eq \"3\"")));
        String id = String.valueOf(((Map<?, ?>) ((List<?>) seen.get("result")).getFirst()).get("_id"));
        String one = "/openidm/recon/assoc/" + first + "/entry/" + id;
        assertLike("runs/entry", ok(server.get("auditor", one)));
        assertLike("runs/entry-of-viewer", ok(server.get("viewer", one)));
        assertThat(ok(server.get("viewer", "/openidm/audit/recon/" + id))).containsEntry("_id", id);
        Map<String, @Nullable Object> failures = ok(server.get("viewer", entries(first, "status eq \"FAILURE\"")));
        assertThat(failures.get("resultCount")).isEqualTo(0);

        GATE.shut();
        String second = started(RECON);
        GATE.awaitSomebody();
        assertLike("runs/active", ok(server.get("viewer", "/openidm/recon/" + second)));
        assertThat((Map<?, ?>) mappingAtWork().get("recon"))
                .extracting("_id", "state", "ended")
                .containsExactly(second, "ACTIVE", "");
        Answer twice = server.post("operator", RECON, null);
        assertThat(twice.status()).isEqualTo(409);
        assertLike("runs/error", twice.json());
        assertThat(twice.body()).contains(second);
        assertThat(server.send("admin", "DELETE", "/openidm/recon/" + second, null)
                        .status())
                .isEqualTo(409);
        assertLike("runs/cancelled", ok(server.post("operator", "/openidm/recon/" + second + "?_action=cancel", null)));
        GATE.open();
        assertThat(whenEnded(second)).containsEntry("state", "CANCELED").containsEntry("stage", "COMPLETED_CANCELED");
        assertThat(server.post("operator", "/openidm/recon/" + second + "?_action=cancel", null)
                        .status())
                .isEqualTo(409);

        Map<String, @Nullable Object> byId = ok(server.post(
                "operator",
                "/openidm/recon?_action=reconById&mapping=hr-users&id=3&waitForCompletion=true&persistAssociations=true",
                null));
        assertLike("runs/waited", byId);
        assertThat(sources(ok(server.get("viewer", entries((String) byId.get("_id"), "true")))))
                .containsExactly("3");

        Map<String, @Nullable Object> performed = ok(server.post(
                "operator",
                "/openidm/sync?_action=performAction&mapping=hr-users&action=UPDATE&sourceId=3&situation=CONFIRMED",
                null));
        assertLike("runs/performed", performed);
        assertThat((Map<?, ?>) mappingAtWork().get("recon"))
                .as("a single action is no reconciliation")
                .extracting("_id")
                .isEqualTo(byId.get("_id"));
        Map<String, @Nullable Object> links = ok(server.get(
                "viewer",
                "/openidm/repo/link?_queryFilter=" + encoded("linkType eq \"hr-users\" and firstId eq \"3\"")));
        assertLike("runs/link-list", links);
        Map<?, ?> link = (Map<?, ?>) ((List<?>) links.get("result")).getFirst();
        assertThat(link.get("secondId")).isEqualTo(performed.get("targetObjectId"));
        assertThat(ok(server.get("viewer", "/openidm/repo/link/" + link.get("_id"))))
                .isEqualTo(link);
        String linked = "/openidm/sync?_action=getLinkedResources&resourceName=system/hr/person/3";
        assertLike("runs/linked", Json.read(server.post("auditor", linked, null).body()));

        assertLike("runs/list", ok(server.get("viewer", "/openidm/recon")));
        assertThat(ok(server.send("admin", "DELETE", "/openidm/recon/" + second, null)))
                .containsEntry("_id", second);
        assertThat(server.get("viewer", "/openidm/recon/" + second).status()).isEqualTo(404);
        for (String table : List.of("segment", "segment_entries", "batch_job_execution_params")) {
            String column = table.startsWith("batch") ? "parameter_value" : "run_id";
            assertThat(server.get(JdbcTemplate.class)
                            .queryForList("select 1 from " + table + " where " + column + " = ?", second))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void pagesOfEntriesFollowEachOtherAndCountAsTheyAreAskedTo() {
        String run = waited(RECON + "&persistAssociations=true&analyze=true", null);
        List<String> found = new ArrayList<>();
        String path = entries(run, "true") + "&_pageSize=7&_totalPagedResultsPolicy=EXACT&_fields=sourceObjectId";
        String cookie = "";
        do {
            Map<String, @Nullable Object> page =
                    ok(server.get("viewer", path + (cookie.isEmpty() ? "" : "&_pagedResultsCookie=" + cookie)));
            assertThat(page).containsEntry("totalPagedResults", PEOPLE);
            found.addAll(sources(page));
            cookie = page.get("pagedResultsCookie") instanceof String next ? next : null;
        } while (cookie != null);
        assertThat(found).hasSize(PEOPLE).doesNotHaveDuplicates();

        assertThat(sources(ok(server.get("viewer", entries(run, "true") + "&_pageSize=3&_pagedResultsOffset=18"))))
                .isEqualTo(found.subList(18, PEOPLE));
        assertThat(ok(server.get("viewer", entries(run, "sourceObjectId sw \"1\"") + "&_countOnly=true")))
                .isEqualTo(Map.of("resultCount", 11));
        String sorted = entries(run, "true") + "&_pageSize=2&_sortKeys=-sourceObjectId";
        Map<String, @Nullable Object> highest = ok(server.get("viewer", sorted));
        assertThat(sources(highest)).containsExactly("9", "8");
        assertThat(sources(
                        ok(server.get("viewer", sorted + "&_pagedResultsCookie=" + highest.get("pagedResultsCookie")))))
                .containsExactly("7", "6");
        assertThat(server.get("viewer", entries(run, "true") + "&_sortKeys=action")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void valuesAreShownToAuditorsAndCannotBeAskedForByOthers() {
        String run = waited(RECON + "&analyze=true", null);
        String asked = entries(run, "display/source/name eq \"=cmd()\"");
        assertThat(sources(ok(server.get("auditor", asked)))).containsExactly("3");
        assertThat(sources(ok(server.get("viewer", asked)))).isEmpty();
        String all = server.get("operator", entries(run, "true")).body();
        assertThat(all).contains("\"display\":{}").doesNotContain("Person 1", "@example.com");
        assertThat(server.get("viewer", "/openidm/audit/recon").body()).doesNotContain("Person 1", "@example.com");
        forgetEverybody();
        String full = waited(RECON, null);
        assertLike(
                "runs/audit-list",
                ok(server.get(
                        "auditor",
                        "/openidm/audit/recon?_pageSize=5&_queryFilter="
                                + encoded("reconId eq \"" + full + "\" and entryType eq \"entry\""))));
        for (String export : List.of("entries.jsonl", "entries.csv")) {
            assertThat(server.get("operator", "/api/runs/" + run + "/" + export).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aBodySelectsSourcesAndItsValuesAreForAuditors() {
        Map<String, Object> body = Map.of("sourceQuery", Map.of("_queryFilter", "mail eq \"4@example.com\""));
        String run = waited(RECON + "&persistAssociations=true", body);
        Map<String, @Nullable Object> seen = ok(server.get("auditor", "/openidm/recon/" + run));
        assertThat(seen).containsEntry("kind", "FILTER");
        assertThat(Json.write(seen.get("parameters"))).contains("4@example.com");
        assertThat(server.get("operator", "/openidm/recon/" + run).body()).doesNotContain("4@example.com");
        assertThat(sources(ok(server.get("viewer", entries(run, "true"))))).containsExactly("4");
    }

    @Test
    void aBodySelectsTargetsAndSwitchesTheirPhase() {
        forgetEverybody();
        waited(RECON, null);
        for (String stray : List.of("a", "b")) {
            Answer made = server.send(
                    "admin", "PUT", "/openidm/managed/account/stray-" + stray, Map.of("userName", "Stray " + stray));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        Map<String, Object> query = Map.of("_queryFilter", "userName eq \"Stray b\"");
        assertThat(unassigned(Map.of("targetQuery", query, "runTargetPhase", true)))
                .containsExactly("FILTER", 1);
        assertThat(unassigned(Map.of("targetQuery", query))).containsExactly("FILTER", 0);
        assertThat(unassigned(Map.of("runTargetPhase", false))).containsExactly("FULL", 0);
        assertThat(unassigned(Map.of("runTargetPhase", true))).containsExactly("FULL", 2);
        forgetEverybody();
    }

    /** The kind of a run with this body, and how many targets it found without a source. */
    private static List<@Nullable Object> unassigned(Map<String, Object> body) {
        Map<String, @Nullable Object> run = ok(server.get("auditor", "/openidm/recon/" + waited(RECON, body)));
        return Arrays.asList(run.get("kind"), ((Map<?, ?>) run.get("situationSummary")).get("UNASSIGNED"));
    }

    @Test
    void anEmptySourceIsRefusedUnlessTheBodyAllowsIt() throws Exception {
        forgetEverybody();
        waited(RECON, null);
        writePeople(0);
        try {
            Map<String, @Nullable Object> refused = whenEnded(started(RECON));
            assertThat(refused).containsEntry("state", "FAILED").containsEntry("stage", "COMPLETED_FAILED");
            assertThat((String) refused.get("message"))
                    .contains("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
            String allowed = waited(RECON, Map.of("allowEmptySourceSet", true));
            assertThat(ok(server.get("viewer", "/openidm/recon/" + allowed)))
                    .containsEntry("state", "SUCCESS")
                    .extractingByKey("situationSummary")
                    .extracting("SOURCE_MISSING")
                    .isEqualTo(PEOPLE);
        } finally {
            writePeople(PEOPLE);
        }
    }

    @Test
    void aRunWithWritesThatNobodySettledIsNotForgotten() {
        String run = waited(RECON + "&analyze=true", null);
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        jdbc.update(
                "insert into intent (run_id, phase, partition_no, segment_no, intent_no, epoch, content)"
                        + " values (?, 'SOURCE', 0, 1, 1, 1, ?)",
                run,
                new byte[] {1});
        Answer refused = server.send("admin", "DELETE", "/openidm/recon/" + run, null);
        assertThat(refused.status()).isEqualTo(409);
        assertLike("runs/error", refused.json());
        assertThat(refused.body()).contains("managed/account", "Restart it");
        assertThat(server.get("viewer", "/openidm/recon/" + run).status()).isEqualTo(200);
        jdbc.update("delete from intent where run_id = ?", run);
        ok(server.send("admin", "DELETE", "/openidm/recon/" + run, null));
    }

    @Test
    void noMoreListenThanMayAndAPlaceIsFreeAgainWhenSomebodyLeaves() throws Exception {
        GATE.shut();
        String run = started(RECON);
        GATE.awaitSomebody();
        String events = "/api/runs/" + run + "/events";
        HttpRequest listen = HttpRequest.newBuilder(server.address(events))
                .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                .build();
        List<InputStream> listening = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < LISTENERS; i++) {
                InputStream told =
                        client.send(listen, BodyHandlers.ofInputStream()).body();
                assertThat(told.read()).isEqualTo('e');
                listening.add(told);
            }
            Answer refused = server.get("viewer", events);
            assertThat(refused.status()).isEqualTo(503);
            assertLike("runs/problem", refused.json());
            assertThat(refused.body()).contains("concord.events.listeners", "/openidm/recon/" + run);

            GATE.open();
            for (InputStream told : listening) {
                assertThat(new String(told.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("event: end");
            }
        }
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        assertThat(server.get("viewer", events).body()).startsWith("event: end");
    }

    @Test
    void twoHundredClientsAreAnsweredWhileARunWorks() throws Exception {
        String ended = waited(RECON + "&analyze=true", null);
        GATE.shut();
        String run = started(RECON);
        GATE.awaitSomebody();
        Clients clients = Clients.asking(
                List.of(
                        asking("status", 100, "/openidm/recon/" + run),
                        asking("entries", 30, entries(ended, "status eq \"SUCCESS\"")),
                        asking("runs", 20, "/openidm/recon?_pageSize=10"),
                        asking("query", 30, "/openidm/managed/account?_queryFilter=mail+eq+%223@example.com%22"),
                        asking("mappings", 10, "/openidm/sync/mappings?_queryFilter=true"),
                        new Clients.Question("meters", 10, () -> server.management("/actuator/prometheus"))),
                Duration.ofSeconds(1),
                "X-OpenIDM-Username",
                "auditor",
                "X-OpenIDM-Password",
                Server.PASSWORD);
        Thread.sleep(1_500);
        GATE.open();
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        Thread.sleep(500);
        Clients.Report report = clients.report();
        assertThat(report.errors()).isEmpty();
        assertThat(report.requests()).isGreaterThanOrEqualTo(200);
    }

    private static Clients.Question asking(String name, int clients, String path) {
        return new Clients.Question(name, clients, () -> server.address(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/runs/%s/entries.jsonl", "/api/runs/%s/entries.csv", "/openidm/recon/assoc/%s/entry"})
    void anAnswerThatBreaksOffCannotBeTakenForAWholeOne(String path) {
        String run = waited(RECON + "&analyze=true", null);
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        String address = path.formatted(run);
        jdbc.update(
                "update segment_entries set content = ? where run_id = ? and segment_no = 1", new byte[] {7, 7}, run);
        assertThat(server.get("auditor", address).status())
                .as("nothing was sent yet")
                .isEqualTo(500);

        jdbc.update("delete from segment_entries where run_id = ? and segment_no = 1", run);
        // More than what is held back until it is known that all is well; behind it, the page that cannot be read.
        for (int copy = 1; copy <= 60; copy++) {
            repeat(jdbc, run, 2 + copy);
        }
        server.get(RunTallies.class).forget(run);
        assertThat(server.get("auditor", address).body().length()).isGreaterThan(100_000);
        repeat(jdbc, run, 1000);
        jdbc.update(
                "update segment_entries set content = ? where run_id = ? and segment_no = 1000",
                new byte[] {7, 7},
                run);
        server.get(RunTallies.class).forget(run);
        assertThatThrownBy(() -> server.get("auditor", address)).hasRootCauseInstanceOf(IOException.class);
        ok(server.send("admin", "DELETE", "/openidm/recon/" + run, null));
    }

    /** The second page of a run once more, as another one. */
    private static void repeat(JdbcTemplate jdbc, String run, int number) {
        for (String table : List.of("segment", "segment_entries")) {
            String columns = jdbc
                    .queryForList(
                            "select column_name from information_schema.columns where lower(table_name) = ?"
                                    + " and lower(column_name) not in ('segment_no', 'seq')",
                            String.class,
                            table)
                    .stream()
                    .collect(Collectors.joining(", "));
            jdbc.update(
                    "insert into " + table + " (segment_no, " + columns + ") select " + number + ", " + columns
                            + " from " + table + " where run_id = ? and phase = 'SOURCE' and segment_no = 2",
                    run);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/openidm/recon?_action=recon&mapping=nobody||400|There is no mapping nobody",
                "POST|/openidm/recon?_action=recon||400|mapping",
                "POST|/openidm/recon?_action=reset&mapping=hr-users||400|_action=recon or _action=reconById",
                "POST|/openidm/recon?_action=recon&mapping=hr-users&analyze=1||400|analyze is \"1\"",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuery\":{\"_queryFilter\":\"mail\"}}|400|filter",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuerry\":1}|400|sourceQuerry",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuery\":{\"resourceName\":\"x\"}}|400|system/hr/person",
                "POST|/openidm/recon?_action=reconById&mapping=hr-users||400|id=...",
                "POST|/openidm/recon/nothing?_action=cancel||404|no run",
                "GET|/openidm/recon/nothing||404|no run",
                "GET|/openidm/recon/assoc/nothing/entry||404|no run",
                "GET|/openidm/audit/recon/nothing||404|no entry",
                "GET|/openidm/recon?_pageSize=x||400|_pageSize",
                "POST|/api/runs/nothing/restart||404|no run",
                "GET|/api/runs/nothing/entries.csv||404|no run",
                "GET|/api/mappings/hr-users/explain||400|source=ID",
                "GET|/api/mappings/nobody/explain?source=1||404|no usable mapping",
                "GET|/api/impact?of=managed/nothing||400|no known object set"
            })
    void faultsSayWhatIsWrong(String method, String path, @Nullable String body, int status, String message) {
        Answer answer = server.send("admin", method, path, body == null ? null : Json.read(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertLike(path.startsWith("/api/") ? "runs/problem" : "runs/error", answer.json());
        assertThat(answer.body()).contains(message.replace("\"", "\\\""));
    }

    @Test
    void aRunIsWatchedWhileItWorksAndGoesOnAfterItWasStopped() throws Exception {
        GATE.shut();
        String run = started(RECON);
        HttpRequest listen = HttpRequest.newBuilder(server.address("/api/runs/" + run + "/events"))
                .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines =
                        client.send(listen, BodyHandlers.ofLines()).body()) {
            Iterator<String> told = lines.iterator();
            assertThat(told.next()).isEqualTo("event: run");
            assertThat(Json.readObject(told.next().substring("data: ".length())))
                    .containsEntry("_id", run)
                    .containsEntry("state", "ACTIVE")
                    .containsEntry("workedOn", true);
            ok(server.post("operator", "/openidm/recon/" + run + "?_action=cancel", null));
            GATE.open();
            String last = "";
            while (told.hasNext()) {
                String line = told.next();
                last = line.isEmpty() ? last : line;
            }
            assertThat(Json.readObject(last.substring("data: ".length()))).containsEntry("state", "CANCELED");
        }
        assertThat(ok(server.post("operator", "/api/runs/" + run + "/restart", null)))
                .containsEntry("_id", run);
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        assertThat(server.post("operator", "/api/runs/" + run + "/restart", null)
                        .status())
                .isEqualTo(409);
        assertThat(server.post("operator", "/api/runs/" + run + "/recover", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void exportsHaveEveryEntryAndNoCellThatASpreadsheetWouldRun() {
        String run = waited(RECON + "&analyze=true", null);
        Answer lines = server.get("auditor", "/api/runs/" + run + "/entries.jsonl");
        assertThat(lines.body().lines().map(Json::readObject)).hasSize(PEOPLE);
        Answer csv = server.get("auditor", "/api/runs/" + run + "/entries.csv");
        assertThat(csv.headers().get("content-type").getFirst()).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(PEOPLE + 1).noneMatch(line -> line.startsWith("="));
    }

    @Test
    void reportsArePutTogetherForEverybodyAndShowValuesToAuditors() {
        String before = waited(RECON + "&analyze=true", null);
        String after = waited(RECON + "&analyze=true", null);
        String counts = "/api/runs/" + after + "/counts?by=";
        Map<String, @Nullable Object> ops = ok(server.get("viewer", counts + "status"));
        assertThat(ops).containsEntry("of", "ops");
        assertThat(ops.get("counts")).isEqualTo(List.of(Map.of("value", "SUCCESS", "count", PEOPLE, "failures", 0)));
        String three = "&_queryFilter=" + encoded("sourceObjectId eq \"3\"");
        assertThat(ok(server.get("viewer", counts + "action" + three))).containsEntry("of", "entries");
        assertThat(server.get("viewer", counts + "attribute").status()).isEqualTo(403);
        assertThat(ok(server.get("auditor", counts + "attribute"))).containsKey("counts");
        assertThat(server.get("viewer", counts + "weather").status()).isEqualTo(400);
        assertThat(ok(server.get("viewer", "/api/runs/" + after + "/groups")))
                .containsEntry("failures", 0)
                .containsEntry("groups", List.of());
        Map<String, @Nullable Object> compared =
                ok(server.get("viewer", "/api/compare?before=" + before + "&after=" + after));
        assertThat(compared).containsEntry("definitionChanges", List.of()).containsEntry("differences", List.of());
        assertThat((Map<?, ?>) compared.get("records")).extracting("same").isEqualTo(PEOPLE);
        assertThat(server.get("auditor", "/api/runs/" + after + "/entries.csv?" + three.substring(1))
                        .body()
                        .lines())
                .hasSize(2);

        server.get(JdbcTemplate.class)
                .update("update recon_run set entries_dropped_at = started_at where run_id = ?", before);
        for (String gone :
                List.of("/api/runs/%s/groups", "/api/runs/%s/entries.csv", "/openidm/recon/assoc/%s/entry")) {
            Answer answer = server.get("admin", gone.formatted(before));
            assertThat(answer.status()).as(gone).isIn(404, 410);
            assertThat(answer.body()).contains("are gone since");
        }
        assertThat(ok(server.get("viewer", "/openidm/recon/" + before))).containsKey("entriesDropped");
        assertThat(ok(server.get("viewer", "/api/compare?before=" + before + "&after=" + after)))
                .extracting("records")
                .extracting("known")
                .isEqualTo(false);
    }

    @Test
    void oneRecordIsExplainedAndWhatUsesAnAttributeIsFound() {
        assertThat(ok(server.get("auditor", "/api/mappings/hr-users/explain?source=3")))
                .containsEntry("mapping", "hr-users")
                .containsEntry("_id", "3")
                .containsEntry("exists", true)
                .containsKey("decisions");
        assertThat(server.get("viewer", "/api/mappings/hr-users/explain?source=3")
                        .status())
                .isEqualTo(403);
        assertThat(server.get("viewer", "/api/impact?of=managed/account/mail").body())
                .isEqualTo(server.get("viewer", "/api/impact?of=managed/account.mail")
                        .body())
                .contains("hr-users", "\"attribute\":\"mail\"");
    }

    /** The only mapping, as it is listed. */
    private static Map<String, @Nullable Object> mappingAtWork() {
        Map<String, @Nullable Object> mappings =
                ok(server.get("auditor", "/openidm/sync/mappings?_queryFilter=name+eq+%22hr-users%22"));
        assertThat(mappings).containsEntry("resultCount", 1);
        return JsonValues.copyOf((Map<?, ?>) ((List<?>) mappings.get("result")).getFirst());
    }

    /** As if nothing had ever been run. */
    private static void forgetEverybody() {
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        server.get(Runs.class)
                .newest(null, 1000)
                .forEach(run -> server.get(Runs.class).forget(run.id()));
        jdbc.update("delete from link");
        // Its table is made when it is first asked for.
        ok(server.get("auditor", "/openidm/managed/account?_queryFilter=true&_pageSize=1"));
        jdbc.update("delete from \"managed_account\"");
    }

    private static String started(String path) {
        Map<String, @Nullable Object> answer = ok(server.post("operator", path, null));
        assertLike("runs/started", answer);
        return (String) answer.get("_id");
    }

    private static String waited(String path, @Nullable Object body) {
        Map<String, @Nullable Object> answer = ok(server.post("operator", path + "&waitForCompletion=true", body));
        assertLike("runs/waited", answer);
        return (String) answer.get("_id");
    }

    private static Map<String, @Nullable Object> whenEnded(String run) throws InterruptedException {
        while (true) {
            Map<String, @Nullable Object> seen = ok(server.get("auditor", "/openidm/recon/" + run));
            if (!"ACTIVE".equals(seen.get("state"))) {
                return seen;
            }
            Thread.sleep(50);
        }
    }

    private static String entries(String run, String filter) {
        return "/openidm/recon/assoc/" + run + "/entry?_queryFilter=" + encoded(filter);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> sources(Map<String, @Nullable Object> page) {
        return ((List<?>) page.get("result"))
                .stream()
                        .map(entry -> (String) ((Map<?, ?>) entry).get("sourceObjectId"))
                        .toList();
    }

    private static Map<String, @Nullable Object> ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertLike(String golden, @Nullable Object answer) {
        assertThat(GoldenDocument.of(golden).differences(answer)).as(golden).isEmpty();
    }
}
