package dev.concord.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that guards stop, and runs that take back or try again, over REST. Four eyes are wanted. */
class ApprovalsIT {

    private static Path home;
    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        home = folder;
        people(1, 4);
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  name: {type: string}
                """);
        write("jobs/accounts.yaml", """
                name: accounts
                source: system/staff/person
                target: managed/account
                thresholds: {deletes: 2, sourceShrink: 100%}
                properties:
                  - target: name
                    source: name
                    transform: "if (source === 'bad') { throw new Error('no') } source"
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        database = Databases.H2.fresh();
        server = Server.open(home, database, "concord.approvals.four-eyes=true");
    }

    private static void write(String file, String text) throws Exception {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void people(int first, int last) throws Exception {
        people(IntStream.rangeClosed(first, last).mapToObj(i -> i + ",p" + i).collect(Collectors.joining("\n")));
    }

    private static void people(String lines) throws Exception {
        write("jobs/data/people.csv", "number,name\n" + lines + "\n");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    /** Four people with accounts. */
    @BeforeEach
    void fresh() throws Exception {
        people(1, 4);
        run("operator");
        assertThat(accounts()).isEqualTo(4);
    }

    private static Run run(String user) {
        Answer answer = server.post(user, "/openidm/recon?_action=recon&mapping=accounts&waitForCompletion=true", null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return server.get(Runs.class)
                .find(String.valueOf(answer.json().get("_id")))
                .orElseThrow();
    }

    private static Answer act(String user, String run, String action, Object body) {
        return server.post(user, "/api/runs/" + run + "?_action=" + action, body);
    }

    /** The run that an answer is about, at its end. */
    private static Run ended(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String id = String.valueOf(answer.json().get("_id"));
        while (true) {
            Run run = server.get(Runs.class).find(id).orElseThrow();
            if (run.state() != RunState.ACTIVE) {
                return run;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static Object accounts() {
        return server.get("auditor", "/openidm/managed/account?_queryFilter=true&_countOnly=true")
                .json()
                .get("resultCount");
    }

    private static List<?> list(String path) {
        Answer answer = server.get("viewer", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<?>) Json.read(answer.body());
    }

    private static Run waiting(String starter) throws Exception {
        people(1, 1);
        Run run = run(starter);
        assertThat(run.condition()).hasToString("WAITING_FOR_APPROVAL");
        assertThat(accounts()).isEqualTo(4);
        return run;
    }

    @Test
    void whatAGuardStoppedIsShownApprovedAndDone() throws Exception {
        Run run = waiting("operator");
        Map<?, ?> shown = (Map<?, ?>) list("/api/approvals").getLast();
        assertThat(shown.get("_id")).isEqualTo(run.id());
        assertThat(shown.get("mapping")).isEqualTo("accounts");
        Map<?, ?> guard = (Map<?, ?>) ((List<?>) shown.get("guards")).getFirst();
        assertThat(guard.get("guard")).isEqualTo("deletes");
        assertThat(guard.get("number")).isEqualTo(3);
        assertThat(guard.get("decision")).isNull();
        assertThat(act("operator", run.id(), "approve", null).status()).isEqualTo(403);

        Run done = ended(act("approver", run.id(), "approve", Map.of("why", " the branch closed ")));
        assertThat(done.state()).isEqualTo(RunState.SUCCESS);
        assertThat(accounts()).isEqualTo(1);
        Map<?, ?> decided =
                (Map<?, ?>) list("/api/runs/" + run.id() + "/guards").getFirst();
        assertThat(decided.get("decision")).isEqualTo("APPROVED");
        assertThat(decided.get("decidedBy")).isEqualTo("approver");
        assertThat(decided.get("reason")).isEqualTo("the branch closed");
        assertThat(list("/api/approvals")).isEmpty();
        assertThat(act("approver", run.id(), "approve", null).status()).isEqualTo(409);
        Map<?, ?> line = trail(run.id()).getFirst();
        assertThat(line.get("event")).isEqualTo("run.approved");
        assertThat(line.get("why")).isEqualTo("the branch closed");
    }

    private static List<Map<?, ?>> trail(String run) {
        List<?> lines =
                (List<?>) server.get("auditor", "/api/audit?run=" + run).json().get("result");
        return lines.stream().<Map<?, ?>>map(line -> (Map<?, ?>) line).toList();
    }

    @Test
    void whatIsDeniedNeverGoesOn() throws Exception {
        Run run = waiting("operator");
        Answer denied = act("approver", run.id(), "deny", Map.of("why", "the export broke off"));
        assertThat(denied.status()).as(denied.body()).isEqualTo(200);
        assertThat(denied.json()).containsEntry("condition", "DENIED");
        assertThat(act("approver", run.id(), "deny", null).status()).isEqualTo(409);
        assertThat(act("approver", run.id(), "approve", null).status()).isEqualTo(409);
        assertThat(server.post("operator", "/api/runs/" + run.id() + "/restart", null)
                        .status())
                .isEqualTo(409);
        assertThat(accounts()).isEqualTo(4);
        assertThat(trail(run.id()).getFirst().get("event")).isEqualTo("run.denied");
    }

    @Test
    void whoHasARunStartedDoesNotApproveIt() throws Exception {
        Run run = waiting("admin");
        Answer refused = act("admin", run.id(), "approve", null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("four-eyes");
        assertThat(accounts()).isEqualTo(4);
        assertThat(ended(act("approver", run.id(), "approve", null)).state()).isEqualTo(RunState.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"because\": \"x\"}", "{\"why\": 1}", "[]", "no"})
    void aReasonThatIsNoneIsRefused(String body) throws Exception {
        Run run = waiting("operator");
        Answer refused = server.send(
                java.net.http.HttpRequest.newBuilder(server.address("/api/runs/" + run.id() + "?_action=approve"))
                        .headers("X-OpenIDM-Username", "approver", "X-OpenIDM-Password", Server.PASSWORD)
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                        .build());
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.headers().get("content-type").getFirst()).startsWith("application/problem+json");
        assertThat(act("approver", run.id(), "deny", null).status()).isEqualTo(200);
    }

    @Test
    void nobodyApprovesInAdvanceWhereItTakesSomebodyElse() throws Exception {
        people(1, 1);
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("thresholds", Map.of("deletes", "none")), Map.of("allowEmptySourceSet", true))) {
            for (String user : List.of("operator", "admin")) {
                Answer refused = server.post(user, "/openidm/recon?_action=recon&mapping=accounts", body);
                assertThat(refused.status()).as(refused.body()).isEqualTo(403);
                assertThat(refused.body()).contains("four-eyes", "approves in advance");
            }
        }
        assertThat(accounts()).isEqualTo(4);
        Answer tighter = server.post(
                "operator",
                "/openidm/recon?_action=recon&mapping=accounts&waitForCompletion=true",
                Map.of("thresholds", Map.of("deletes", 0)));
        assertThat(tighter.status()).as(tighter.body()).isEqualTo(200);
        assertThat(accounts()).isEqualTo(4);
    }

    @Test
    void aRunIsTakenBackAfterALook() throws Exception {
        people(1, 6);
        Run run = run("operator");
        assertThat(accounts()).isEqualTo(6);
        assertThat(ended(act("operator", run.id(), "undo&analyze=true", null)).state())
                .isEqualTo(RunState.SUCCESS);
        assertThat(accounts()).isEqualTo(6);
        assertThat(act("approver", run.id(), "undo", null).status()).isEqualTo(403);
        Run undone = ended(act("operator", run.id(), "undo", null));
        assertThat(undone.state()).as(undone.message()).isEqualTo(RunState.SUCCESS);
        assertThat(accounts()).isEqualTo(4);
        assertThat(trail(undone.id()).getLast().get("event")).isEqualTo("run.undone");
        Run quiet = run("operator");
        Run nothing = run("operator");
        assertThat(quiet.id()).isNotEqualTo(nothing.id());
        assertThat(act("operator", nothing.id(), "undo", null).status()).isEqualTo(409);
    }

    @Test
    void aPlanIsReviewedAndAppliedOnce() throws Exception {
        people("1,p1\n2,p2\n3,p3\n4,p4\n5,<b>five</b>");
        assertThat(server.post("viewer", "/api/plans", Map.of("mapping", "accounts"))
                        .status())
                .isEqualTo(403);
        Run plan = ended(server.post("operator", "/api/plans", Map.of("mapping", "accounts")));
        assertThat(accounts()).isEqualTo(4);
        String path = "/api/plans/" + plan.id();
        assertThat(server.get("operator", path).status()).as("it shows values").isEqualTo(403);
        Map<String, Object> review = server.get("auditor", path).json();
        assertThat(((Map<?, ?>) review.get("totals")).get("creates")).isEqualTo(1);
        assertThat(review.get("appliedBy")).isNull();
        assertThat(review.get("more")).isEqualTo(false);
        Map<?, ?> entry = (Map<?, ?>) ((List<?>) review.get("entries")).getFirst();
        assertThat(entry.get("sourceObjectId")).isEqualTo("5");
        Map<String, Object> confirmed = server.get(
                        "auditor", path + "?_pageSize=2&_queryFilter=situation%20eq%20%22CONFIRMED%22")
                .json();
        assertThat((List<?>) confirmed.get("entries")).hasSize(2);
        assertThat(confirmed.get("more")).isEqualTo(true);
        Answer page = server.send("auditor", "GET", path, null, "Accept", "text/html,*/*");
        assertThat(page.headers().get("content-type").getFirst()).startsWith("text/html");
        assertThat(page.body()).contains("&lt;b&gt;five").doesNotContain("<b>five");

        Run applied = ended(apply(plan));
        assertThat(applied.state()).as(applied.message()).isEqualTo(RunState.SUCCESS);
        assertThat(accounts()).isEqualTo(5);
        assertThat(server.get("auditor", path).json()).containsEntry("appliedBy", applied.id());
        assertThat(apply(plan).status()).isEqualTo(409);
        assertThat(apply(applied).status()).isEqualTo(409);
        assertThat(server.get("auditor", "/api/plans/" + applied.id()).status()).isEqualTo(404);
        assertThat(trail(plan.id()).getFirst().get("event")).isEqualTo("plan.made");
        assertThat(trail(applied.id()).getFirst().get("event")).isEqualTo("plan.applied");
        people(1, 4);
        run("operator");
    }

    private static Answer apply(Run plan) {
        return server.post("operator", "/api/plans/" + plan.id() + "?_action=apply", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mapping\": 1}",
                "{\"mapping\": \"none\"}",
                "{\"mapping\": \"accounts\", \"where\": \"name is x\"}",
                "{\"mapping\": \"accounts\", \"ids\": [1]}",
                "{\"mapping\": \"accounts\", \"ids\": [\"1\"], \"where\": \"true\"}"
            })
    void aPlanThatMakesNoSenseIsRefused(String body) {
        Answer refused = server.post("operator", "/api/plans", Json.read(body));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    }

    @Test
    void whatFailedIsVisitedAgain() throws Exception {
        people("1,p1\n2,p2\n3,p3\n4,p4\n5,bad");
        Run run = run("operator");
        assertThat(accounts()).isEqualTo(4);
        people(1, 5);
        Run again = ended(act("operator", run.id(), "retry", null));
        assertThat(again.state()).as(again.message()).isEqualTo(RunState.SUCCESS);
        assertThat(again.kind()).hasToString("FAILED");
        assertThat(accounts()).isEqualTo(5);
        assertThat(trail(again.id()).getFirst().get("event")).isEqualTo("run.retried");
    }

    @Test
    void runsThatAreNotThereAreNotFound() {
        for (String action : List.of("approve", "deny", "undo", "retry")) {
            assertThat(act("admin", "nothing", action, null).status()).isEqualTo(404);
        }
        assertThat(act("admin", "nothing", "explode", null).status()).isEqualTo(400);
        assertThat(server.get("viewer", "/api/runs/nothing/guards").status()).isEqualTo(404);
    }
}
