package dev.concord.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.testing.Databases;
import dev.concord.testing.PeopleHome;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server writes into the audit trail, and how it is read. */
class AuditIT {

    private static Server server;
    private static TestDatabase database;
    private static Path people;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        people = PeopleHome.in(home).file("data/people.csv");
        database = Databases.H2.fresh();
        server = Server.open(home, database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static String run(String more) {
        Answer answer = server.post(
                "operator", "/openidm/recon?_action=recon&mapping=people&waitForCompletion=true" + more, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return String.valueOf(answer.json().get("_id"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> trail(String parameters) {
        Answer answer = server.get("auditor", "/api/audit" + parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<Map<String, Object>>) answer.json().get("result");
    }

    private static List<Object> events(String parameters) {
        return trail(parameters).stream().map(line -> line.get("event")).toList();
    }

    @Test
    void theLifeOfARunIsThereAndOutlivesIt() throws Exception {
        Path aside = people.resolveSibling("aside.csv");
        Files.move(people, aside);
        String run = run("");
        Files.move(aside, people);
        server.get(Runs.class).reopen(run, Instant.now());
        assertThat(server.post("operator", "/api/runs/" + run + "/recover", null)
                        .status())
                .isEqualTo(200);
        assertThat(server.post("operator", "/api/runs/" + run + "/restart", null)
                        .status())
                .isEqualTo(200);
        while (server.get(Runs.class).find(run).orElseThrow().state() == RunState.ACTIVE) {
            Thread.onSpinWait();
        }
        assertThat(server.send("admin", "DELETE", "/openidm/recon/" + run, null).status())
                .isEqualTo(200);
        List<Map<String, Object>> lines = trail("?run=" + run);
        assertThat(lines)
                .extracting(line -> line.get("event"))
                .containsExactly("run.forgotten", "run.restarted", "run.recovered", "run.started");
        assertThat(lines).allSatisfy(line -> assertThat(line).containsEntry("mapping", "people"));
        assertThat((Map<?, ?>) lines.getLast().get("by"))
                .extracting("door", "name", "roles", "address")
                .containsExactly("REST", "operator", "operator", "127.0.0.1");
        assertThat((Map<?, ?>) lines.getFirst().get("by")).extracting("name").isEqualTo("admin");
    }

    @Test
    void aFilterIsThereWithoutItsValues() {
        Answer answer = server.send(
                "operator",
                "POST",
                "/openidm/recon?_action=recon&mapping=people&waitForCompletion=true",
                Map.of("sourceQuery", Map.of("_queryFilter", "name eq \"Ada\"")),
                "X-Request-Id",
                "from a client; not a plain word");
        Map<String, Object> line = trail("?run=" + answer.json().get("_id")).getFirst();
        assertThat((Map<?, ?>) line.get("details")).extracting("kind").isEqualTo("FILTER");
        assertThat(String.valueOf(((Map<?, ?>) line.get("details")).get("where")))
                .contains("name")
                .doesNotContain("Ada");
        String request = String.valueOf(((Map<?, ?>) line.get("by")).get("request"));
        assertThat(request).matches("[0-9a-f-]{36}");
        assertThat(answer.headers().get("x-request-id")).containsExactly(request);
    }

    @Test
    void schedulesActInTheirOwnName() throws Exception {
        Map<String, Object> schedule = Map.of(
                "enabled", true,
                "type", "cron",
                "schedule", "0 0 2 1 1 ?",
                "invokeService", "sync",
                "invokeContext", Map.of("action", "reconcile", "mapping", "people"));
        String path = "/openidm/scheduler/job/nightly";
        assertThat(server.send("admin", "PUT", path, schedule).status()).isEqualTo(201);
        assertThat(server.send("admin", "PUT", path, schedule).status()).isEqualTo(200);
        String run = String.valueOf(
                server.post("operator", path + "?_action=trigger", null).json().get("_id"));
        server.post("operator", "/openidm/scheduler/job?_action=pauseJobs", null);
        server.post("operator", "/openidm/scheduler/job?_action=resumeJobs", null);
        assertThat(server.send("admin", "DELETE", path, null).status()).isEqualTo(200);
        assertThat(events("?_pageSize=7"))
                .containsExactlyInAnyOrder(
                        "schedule.deleted",
                        "schedules.resumed",
                        "schedules.paused",
                        "run.started",
                        "schedule.triggered",
                        "schedule.changed",
                        "schedule.created");
        Map<String, Object> started = trail("?event=run.started&_pageSize=1").getFirst();
        assertThat((Map<?, ?>) started.get("by")).extracting("door", "name").containsExactly("SCHEDULE", "nightly");
        assertThat(trail("?event=schedule.triggered").getFirst()).containsEntry("run", started.get("run"));
        assertThat(run).isNotEmpty();
        while (server.get(Runs.class)
                        .find(String.valueOf(started.get("run")))
                        .orElseThrow()
                        .state()
                == RunState.ACTIVE) {
            Thread.onSpinWait();
        }
    }

    @Test
    void usersAreThereWithTheirRolesAndWithoutPasswords() {
        Map<String, Object> user = Map.of("password", "correct horse battery", "roles", List.of("viewer", "operator"));
        assertThat(server.send("admin", "PUT", "/api/users/carl", user).status())
                .isEqualTo(200);
        assertThat(server.send("admin", "DELETE", "/api/users/carl", null).status())
                .isEqualTo(204);
        assertThat(server.send("admin", "DELETE", "/api/users/carl", null).status())
                .isEqualTo(404);
        List<Map<String, Object>> lines = trail("?_queryFilter=object%20eq%20%22users%2Fcarl%22");
        assertThat(lines).extracting(line -> line.get("event")).containsExactly("user.deleted", "user.written");
        assertThat((Map<?, ?>) lines.getLast().get("details"))
                .extracting("roles")
                .isEqualTo(List.of("viewer", "operator"));
        assertThat(server.get("auditor", "/api/audit").body()).doesNotContain("correct horse");
    }

    @Test
    void pagesFollowEachOtherFromTheNewestOn() {
        run("&analyze=true");
        run("&analyze=true");
        run("&analyze=true");
        String path = "/api/audit?event=run.started&user=operator&_pageSize=2&_fields=event";
        List<Object> ids = new ArrayList<>();
        Answer answer = server.get("auditor", path);
        while (true) {
            ((List<?>) answer.json().get("result")).forEach(line -> ids.add(((Map<?, ?>) line).get("_id")));
            Object cookie = answer.json().get("pagedResultsCookie");
            if (cookie == null) {
                break;
            }
            answer = server.get("auditor", path + "&_pagedResultsCookie=" + cookie);
        }
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3);
        assertThat(server.get("auditor", "/api/audit?event=run.started&user=operator&_countOnly=true")
                        .json())
                .containsEntry("resultCount", ids.size());
        assertThat(trail("?since=2999-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?event=run.exploded",
                "?since=yesterday",
                "?_sortKeys=event",
                "?_pageSize=2&_pagedResultsCookie=x"
            })
    void questionsThatMakeNoSenseAreRefused(String parameters) {
        Answer answer = server.get("auditor", "/api/audit" + parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().get("content-type").getFirst()).startsWith("application/problem+json");
        assertThat(server.get("viewer", "/api/audit" + parameters).status()).isEqualTo(403);
    }
}
