package dev.concord.api.openidm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.audit.AuditTrail;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import dev.concord.testing.House;
import dev.concord.testing.Server.Answer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects and links, as clients of PingIDM ask for them, on one database. */
abstract class ObjectsContract extends ObjectsHouse {

    @Test
    void anObjectIsCreatedUnderTheClientsIdAndReadWithoutItsSecrets() {
        Answer created = admin("PUT", PEOPLE + "/ada", secretAda(), FRESH);
        assertThat(created.status()).isEqualTo(201);
        assertGolden(created, "object-created");
        Answer read = server.get("auditor", PEOPLE + "/ada");
        assertGolden(read, "object-read");
        assertThat(read.headers().get("etag"))
                .containsExactly("\"" + read.json().get("_rev") + "\"");
        assertThat(read.body()).doesNotContain("$crypto", "correct horse", "4711");
    }

    @Test
    void aPostGivesTheIdItselfOrTakesTheOneInTheBody() {
        Answer named = admin("POST", PEOPLE + "?_action=create", Map.of("_id", "x1", "userName", "x1"));
        assertThat(named.status()).isEqualTo(201);
        assertThat(named.json()).containsEntry("_id", "x1");
        Answer given = admin("POST", PEOPLE + "?_action=create", Map.of("userName", "x2"));
        assertThat(given.status()).isEqualTo(201);
        assertThat(admin("GET", PEOPLE + "/" + given.json().get("_id"), null).json())
                .containsEntry("userName", "x2");
    }

    @Test
    void whatExistsIsNotCreatedAgain() {
        makeAda();
        assertGolden(admin("PUT", PEOPLE + "/ada", ada(), FRESH), "error-precondition");
        assertThat(admin("POST", PEOPLE + "?_action=create", Map.of("_id", "ada", "userName", "z"))
                        .status())
                .isEqualTo(412);
        Answer taken = admin("PUT", PEOPLE + "/other", Map.of("userName", "ada"), FRESH);
        assertThat(taken.status()).isEqualTo(409);
        assertGolden(taken, "error-conflict");
        assertThat(taken.body()).doesNotContain("\"ada\"");
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheAttribute() {
        Answer required = admin("PUT", PEOPLE + "/x", Map.of("mail", "x@example.com"), FRESH);
        assertThat(required.status()).isEqualTo(400);
        assertGolden(required, "error-bad-object");
        assertThat(admin("PUT", PEOPLE + "/x", Map.of("userName", "x", "age", "old"), FRESH)
                        .status())
                .isEqualTo(400);
        assertThat(admin("PUT", PEOPLE + "/x", Map.of("_id", "y", "userName", "x"), FRESH)
                        .status())
                .isEqualTo(400);
        assertThat(admin("PUT", PEOPLE + "/x", List.of(), FRESH).status()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertGolden(admin("GET", PEOPLE + "/nobody", null), "error-not-found");
        assertThat(admin("DELETE", PEOPLE + "/nobody", null).status()).isEqualTo(404);
        assertThat(admin("PATCH", PEOPLE + "/nobody", List.of()).status()).isEqualTo(404);
        assertThat(admin("PUT", PEOPLE + "/nobody", Map.of("userName", "n"), "If-Match", "*")
                        .status())
                .isEqualTo(404);
        assertThat(admin("GET", "/openidm/managed/nothing/x", null).status()).isEqualTo(404);
        assertThat(admin("GET", "/openidm/system/hr/nothing?_queryFilter=true", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anUpdateReplacesTheObjectButKeepsWhatNobodySees() {
        admin("PUT", PEOPLE + "/ada", secretAda(), FRESH);
        Answer updated =
                admin("PUT", PEOPLE + "/ada", Map.of("userName", "ada", "age", 37), "If-Match", revision("ada"));
        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(updated.json())
                .containsEntry("age", 37)
                .satisfies(json -> assertThat(json.get("mail")).isNull());
        assertThat(value("managed_person", "password")).asString().startsWith("$2a$");
    }

    @Test
    void aClientThatKnowsAnOldRevisionIsTold() {
        makeAda();
        String old = revision("ada");
        assertThat(admin("PATCH", PEOPLE + "/ada", List.of(replace("age", 40))).status())
                .isEqualTo(200);
        for (Answer refused : List.of(
                admin("PUT", PEOPLE + "/ada", ada(), "If-Match", old),
                admin("PATCH", PEOPLE + "/ada", List.of(replace("age", 41)), "If-Match", "\"" + old + "\""),
                admin("DELETE", PEOPLE + "/ada", null, "If-Match", old))) {
            assertGolden(refused, "error-precondition");
        }
        assertThat(admin("GET", PEOPLE + "/ada", null).json()).containsEntry("age", 40);
        assertThat(admin("DELETE", PEOPLE + "/ada", null, "If-Match", revision("ada"))
                        .json())
                .containsEntry("userName", "ada");
    }

    @Test
    void aPutWithoutConditionsCreatesOrReplaces() {
        assertThat(admin("PUT", PEOPLE + "/ada", ada()).status()).isEqualTo(201);
        assertThat(admin("PUT", PEOPLE + "/ada", ada()).status()).isEqualTo(200);
    }

    @Test
    void twoWhoPutANewObjectAtTheSameMomentBothDo() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 20; i++) {
                String name = "twin" + i;
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<Integer> put = () -> {
                    together.await();
                    return admin("PUT", PEOPLE + "/" + name, Map.of("userName", name))
                            .status();
                };
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> one : threads.invokeAll(List.of(put, put))) {
                    statuses.add(one.get());
                }
                assertThat(statuses).as(name).containsExactlyInAnyOrder(200, 201);
            }
        }
    }

    @Test
    void aPatchChangesParts() {
        makeAda();
        Answer patched = admin(
                "PATCH",
                PEOPLE + "/ada",
                List.of(
                        replace("/mail", "countess@example.com"),
                        Map.of("operation", "add", "field", "/groups/-", "value", "board"),
                        Map.of("operation", "increment", "field", "age", "value", 1),
                        Map.of("operation", "remove", "field", "ssn")));
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(patched.json())
                .containsEntry("mail", "countess@example.com")
                .containsEntry("groups", List.of("staff", "board"))
                .containsEntry("age", 37)
                .satisfies(json -> assertThat(json.get("ssn")).isNull());
        assertThat(admin("POST", PEOPLE + "/ada?_action=patch", List.of(replace("age", 5)))
                        .json())
                .containsEntry("age", 5);
    }

    @ParameterizedTest
    @CsvSource({"transform,age", "replace,_id", "replace,/", "increment,mail"})
    void aPatchThatMakesNoSenseIsRefused(String operation, String field) {
        makeAda();
        assertThat(admin("PATCH", PEOPLE + "/ada", List.of(Map.of("operation", operation, "field", field, "value", 1)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void patchesAtTheSameMomentAllCount() throws Exception {
        makeAda();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> patches = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> () -> admin(
                                    "PATCH",
                                    PEOPLE + "/ada",
                                    List.of(Map.of("operation", "increment", "field", "age", "value", 1)))
                            .status())
                    .toList();
            int done = 0;
            for (Future<Integer> patch : threads.invokeAll(patches)) {
                assertThat(patch.get()).isIn(200, 409);
                done += patch.get() == 200 ? 1 : 0;
            }
            assertThat(done).isPositive();
            assertThat(admin("GET", PEOPLE + "/ada", null).json()).containsEntry("age", 36 + done);
        }
    }

    @Test
    void theSamePasswordIsNoChange() {
        admin("PUT", PEOPLE + "/ada", secretAda(), FRESH);
        Object hash = value("managed_person", "password");
        admin("PATCH", PEOPLE + "/ada", List.of(replace("password", "correct horse")));
        assertThat(value("managed_person", "password")).isEqualTo(hash);
        admin("PATCH", PEOPLE + "/ada", List.of(replace("password", "battery staple")));
        assertThat(value("managed_person", "password")).isNotEqualTo(hash);
    }

    @Test
    void pagesFollowEachOtherByCookie() {
        makePeople(7);
        String path = PEOPLE + query("true", "_pageSize=3", "_totalPagedResultsPolicy=EXACT", "_fields=mail");
        Answer answer = server.get("auditor", path);
        assertGolden(answer, "object-query");
        List<Object> ids = new ArrayList<>();
        int pages = 0;
        while (true) {
            results(answer).forEach(result -> ids.add(result.get("_id")));
            pages++;
            assertThat(answer.json())
                    .containsEntry("totalPagedResults", 7)
                    .containsEntry("remainingPagedResults", 7 - ids.size());
            if (answer.json().get("pagedResultsCookie") == null) {
                break;
            }
            answer = server.get(
                    "auditor", path + "&_pagedResultsCookie=" + answer.json().get("pagedResultsCookie"));
        }
        assertThat(pages).isEqualTo(3);
        assertThat(ids).containsExactly("p00", "p01", "p02", "p03", "p04", "p05", "p06");
    }

    @Test
    void pagesAreSortedAndLeaveOutAnOffset() {
        makePeople(7);
        assertThat(results(admin("GET", PEOPLE + query("true", "_sortKeys=-age,_id"), null)))
                .extracting(person -> person.get("_id"))
                .containsExactly("p02", "p05", "p01", "p04", "p00", "p03", "p06");
        Answer page = admin("GET", PEOPLE + query("true", "_sortKeys=-age,_id", "_pageSize=2"), null);
        Answer next = admin(
                "GET",
                PEOPLE
                        + query(
                                "true",
                                "_sortKeys=-age,_id",
                                "_pageSize=2",
                                "_pagedResultsCookie=" + page.json().get("pagedResultsCookie")),
                null);
        assertThat(results(next)).extracting(person -> person.get("_id")).containsExactly("p01", "p04");
        assertThat(admin(
                                "GET",
                                PEOPLE
                                        + query(
                                                "true",
                                                "_totalPagedResultsPolicy=EXACT",
                                                "_sortKeys=-age,_id",
                                                "_pageSize=2",
                                                "_pagedResultsCookie="
                                                        + page.json().get("pagedResultsCookie")),
                                null)
                        .json())
                .containsEntry("remainingPagedResults", 3);
        assertThat(results(admin("GET", PEOPLE + query("true", "_pageSize=2", "_pagedResultsOffset=4"), null)))
                .extracting(person -> person.get("_id"))
                .containsExactly("p04", "p05");
    }

    @Test
    void filtersAndCountsAreTheStores() {
        makePeople(7);
        admin(
                "PATCH",
                PEOPLE + "/p01",
                List.of(replace("emails", List.of(Map.of("type", "home", "value", "a@b"), Map.of("type", "work")))));
        Answer count = admin("GET", PEOPLE + query("age eq 0", "_countOnly=true"), null);
        assertGolden(count, "object-count");
        assertThat(count.json()).containsEntry("resultCount", 3);
        assertThat(results(admin("GET", PEOPLE + query("emails[type eq \"home\"]"), null)))
                .extracting(person -> person.get("_id"))
                .containsExactly("p01");
        assertThat(results(admin("GET", PEOPLE + query("userName eq \"p03\" or mail sw \"p05\""), null)))
                .hasSize(2);
        assertThat(results(admin("GET", PEOPLE + "?_queryId=query-all-ids", null)))
                .hasSize(7)
                .allSatisfy(person -> assertThat(person.keySet()).isSubsetOf("_id", "_rev"));
    }

    @ParameterizedTest
    @CsvSource({
        "_queryFilter=password+pr",
        "_queryFilter=pin+sw+%22a%22",
        "_queryFilter=!(mail/%24crypto+pr)",
        "_queryFilter=/%5Bpassword+pr%5D",
        "_queryFilter=true&_sortKeys=-password",
        "_queryFilter=mail+is+x",
        "_queryFilter=true&_pageSize=x",
        "_queryFilter=true&_pageSize=1001",
        "_queryFilter=",
        "_queryFilter=true&_queryFilter=mail+pr",
        "_queryFilter=true&_pageSize=1&_pageSize=2",
        "_queryFilter=true&_pageSize=2&_pagedResultsCookie=x"
    })
    void questionsThatWouldTellSecretsOrMakeNoSenseAreRefused(String parameters) {
        assertThat(admin("GET", PEOPLE + "?" + parameters, null).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"viewer,GET,403", "operator,GET,403", "auditor,GET,200", "auditor,PUT,403", "operator,DELETE,403"})
    void valuesAreForAuditorsAndWritesForAdmins(String role, String method, int status) {
        makeAda();
        Object body = method.equals("PUT") ? ada() : null;
        assertThat(server.send(role, method, PEOPLE + "/ada", body).status()).isEqualTo(status);
    }

    @Test
    void writeOnlyValuesGoInAndNeverComeOut() {
        String path = "/openidm/system/doors/person";
        Answer created = admin("PUT", path + "/d1", Map.of("name", "Ada", "code", "open"), FRESH);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().keySet()).doesNotContain("code");
        assertThat(admin("PATCH", path + "/d1", List.of(replace("name", "Countess")))
                        .status())
                .isEqualTo(200);
        assertThat(admin("GET", path + "/d1", null).json().keySet()).doesNotContain("code");
        assertThat(value("door_person", "door_code")).isEqualTo("open");
        assertThat(admin("GET", path + "?_queryFilter=code+pr", null).status()).isEqualTo(400);
        assertThat(admin("PATCH", path + "/d1", List.of(replace("name", "x")), "If-Match", "7")
                        .status())
                .as("a table without revisions")
                .isEqualTo(412);
    }

    @Test
    void aFileIsWrittenAtOnce() throws Exception {
        String path = "/openidm/system/hr/employee";
        assertThat(admin("PUT", path + "/3", Map.of("userName", "eve", "mail", "e@example.com"), FRESH)
                        .status())
                .isEqualTo(201);
        assertThat(employees()).contains("3,eve,e@example.com");
        assertThat(admin("GET", path + "/3", null).json()).containsEntry("userName", "eve");
        assertThat(admin("DELETE", path + "/3", null).status()).isEqualTo(200);
        assertThat(employees()).doesNotContain("eve");
    }

    @Test
    void aFileThatARunWritesToIsLeftToTheRun() throws Exception {
        Map<String, Object> back =
                Map.of("source", "managed/person", "target", "system/hr/employee", "allowEmptySourceSet", true);
        assertThat(admin("PUT", "/openidm/config/mapping/more", back).status()).isEqualTo(201);
        Run run = server.get(Reconciliations.class).start(RunRequest.full("more"), House.ACTOR, RunListener.NONE);
        Leases leases = server.get(Leases.class);
        Lease lease = leases.acquire("more", run.id(), "elsewhere:1", Duration.ofMinutes(1), gone -> false);
        String path = "/openidm/system/hr/employee";
        try {
            assertThat(admin("PUT", path + "/3", Map.of("userName", "eve"), FRESH)
                            .status())
                    .isEqualTo(201);
            assertThat(employees()).doesNotContain("eve");
            assertThat(admin("GET", path + "/3", null).json()).containsEntry("userName", "eve");
        } finally {
            leases.release(lease);
        }
        assertThat(admin("PATCH", path + "/1", List.of(replace("mail", "a@example.com")))
                        .status())
                .isEqualTo(200);
        assertThat(employees()).contains("3,eve", "1,ada,a@example.com");
    }

    private String employees() throws Exception {
        return Files.readString(home.resolve("jobs/data/employees.csv"));
    }

    @Test
    void aRecordThatCannotBeReadIsNotPassedOverInSilence() {
        String path = "/openidm/system/hr/broken?_queryFilter=true";
        assertThat(server.get("auditor", path).status()).isEqualTo(500);
        assertThat(server.get("auditor", path).body()).contains("line 3").doesNotContain("many");
        assertThat(results(server.get("auditor", path + "&_skipUnreadable=true")))
                .hasSize(1);
        assertThat(server.get("auditor", "/openidm/system/hr/absent?_queryFilter=true")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void linksAreFoundByTypeAndEitherId() {
        runPeople();
        Answer all = server.get("viewer", "/openidm/repo/link?_queryFilter=true");
        assertGolden(all, "link-query");
        assertThat(results(all)).hasSize(2);
        Map<String, Object> one = results(server.get(
                        "viewer", "/openidm/repo/link" + query("linkType eq \"people\" and firstId eq \"1\"")))
                .getFirst();
        assertThat(results(server.get(
                        "viewer", "/openidm/repo/link" + query("secondId eq \"" + one.get("secondId") + "\""))))
                .containsExactly(one);
        assertGolden(server.get("viewer", "/openidm/repo/link/" + one.get("_id")), "link");
        Answer page = server.get("viewer", "/openidm/repo/link" + query("true", "_pageSize=1"));
        assertThat(results(server.get(
                        "viewer",
                        "/openidm/repo/link"
                                + query(
                                        "true",
                                        "_pageSize=1",
                                        "_pagedResultsCookie=" + page.json().get("pagedResultsCookie")))))
                .doesNotContainAnyElementsOf(results(page))
                .hasSize(1);
        assertThat(server.get("viewer", "/openidm/repo/link" + query("linkType eq \"people\"", "_countOnly=true"))
                        .json())
                .containsEntry("resultCount", 2);
        assertThat(server.get("viewer", "/openidm/repo/link/nonsense").status()).isEqualTo(404);
    }

    @Test
    void aLinkIsRemovedWhenNoRunIsAtIt() throws Exception {
        runPeople();
        Map<String, Object> link = results(server.get("viewer", "/openidm/repo/link?_queryFilter=true"))
                .getFirst();
        String path = "/openidm/repo/link/" + link.get("_id");
        assertThat(server.send("operator", "DELETE", path, null).status()).isEqualTo(403);
        Leases leases = server.get(Leases.class);
        Lease lease = leases.acquire("people", "a-run", "elsewhere:1", Duration.ofMinutes(1), gone -> false);
        try {
            Answer refused = admin("DELETE", path, null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("a-run");
        } finally {
            leases.release(lease);
        }
        assertThat(admin("DELETE", path, null, "If-Match", "99").status()).isEqualTo(412);
        assertGolden(admin("DELETE", path, null, "If-Match", String.valueOf(link.get("_rev"))), "link");
        assertThat(admin("DELETE", path, null).status()).isEqualTo(404);
        Map<String, Object> line = lastOfTrail();
        assertThat(line).containsEntry("event", "link.deleted").containsEntry("object", "repo/link/" + link.get("_id"));
        assertThat((Map<?, ?>) line.get("by"))
                .extracting("door", "name", "roles")
                .containsExactly("REST", "admin", "admin");
        assertThat((Map<?, ?>) line.get("details")).extracting("firstId").isEqualTo(link.get("firstId"));
    }

    @Test
    void eachWriteIsInTheTrailWithNamesOfAttributesAndWithoutValues() {
        makeAda();
        assertTrail("object.created", "managed/person/ada", List.of("age", "groups", "mail", "ssn", "userName"));
        admin("PATCH", PEOPLE + "/ada", List.of(replace("mail", "x@example.com")), "X-Request-Id", "ticket-7");
        assertTrail("object.patched", "managed/person/ada", List.of("mail"));
        assertThat((Map<?, ?>) lastOfTrail().get("by")).extracting("request").isEqualTo("ticket-7");
        admin("PUT", PEOPLE + "/ada", Map.of("userName", "ada", "mail", "x@example.com", "age", 37));
        assertTrail("object.updated", "managed/person/ada", List.of("age", "groups", "ssn"));
        Object last = lastOfTrail().get("_id");
        assertThat(admin("PUT", PEOPLE + "/bea", Map.of("userName", "ada"), FRESH)
                        .status())
                .isEqualTo(409);
        assertThat(admin("DELETE", PEOPLE + "/ada", null, "If-Match", "99").status())
                .isEqualTo(412);
        assertThat(lastOfTrail()).as("what was refused is not there").containsEntry("_id", last);
        admin("DELETE", PEOPLE + "/ada", null);
        assertTrail("object.deleted", "managed/person/ada", null);
        String doors = "/openidm/system/doors/person/d1";
        assertThat(admin("PUT", doors, Map.of("name", "Ada", "code", "open"), FRESH)
                        .status())
                .isEqualTo(201);
        assertTrail("object.created", "system/doors/person/d1", List.of("code", "name"));
        String all = server.get("auditor", "/api/audit?_pageSize=20").body();
        assertThat(all).doesNotContain("x@example.com", "078-05-1120", "\"open\"");
        assertThat(server.get(AuditTrail.class).damage()).isEmpty();
    }

    private void assertTrail(String event, String object, Object attributes) {
        Map<String, Object> line = lastOfTrail();
        assertThat(line).containsEntry("event", event).containsEntry("object", object);
        assertThat(((Map<?, ?>) line.get("details")).get("attributes")).isEqualTo(attributes);
    }
}
