package dev.concord.api.openidm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunListener;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import dev.concord.testing.GoldenDocument;
import dev.concord.testing.House;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server on the small house of {@link ObjectsHome}, as it was before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectsHouse {

    static final String PEOPLE = "/openidm/managed/person";
    static final String[] FRESH = {"If-None-Match", "*"};

    Path home;
    private TestDatabase database;
    Server server;

    abstract TestDatabase database();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        ObjectsHome.in(home);
        database = database();
        server = Server.open(home, database);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    /** Files as they were, and no people. */
    @BeforeEach
    void fresh() throws Exception {
        ObjectsHome.in(home);
        Files.deleteIfExists(home.resolve("jobs/mapping-more.json"));
        for (String set : List.of(PEOPLE, "/openidm/system/doors/person", "/openidm/repo/link")) {
            for (Map<String, Object> object : results(admin("GET", set + "?_queryFilter=true&_fields=_id", null))) {
                assertThat(admin("DELETE", set + "/" + object.get("_id"), null).status())
                        .isEqualTo(200);
            }
        }
    }

    Answer admin(String method, String path, Object body, String... headers) {
        return server.send("admin", method, path, body, headers);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> results(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<Map<String, Object>>) answer.json().get("result");
    }

    static void assertGolden(Answer answer, String name) {
        assertThat(GoldenDocument.of("objects/" + name).differences(Json.read(answer.body())))
                .as(answer.body())
                .isEmpty();
    }

    static String query(String filter, String... more) {
        StringBuilder query = new StringBuilder("?_queryFilter=").append(URLEncoder.encode(filter, UTF_8));
        for (String parameter : more) {
            query.append('&').append(parameter);
        }
        return query.toString();
    }

    static Map<String, Object> ada() {
        Map<String, Object> ada = new LinkedHashMap<>();
        ada.put("userName", "ada");
        ada.put("mail", "ada@example.com");
        ada.put("age", 36);
        ada.put("groups", List.of("staff"));
        ada.put("ssn", "078-05-1120");
        return ada;
    }

    /** Hashing is slow on purpose. */
    static Map<String, Object> secretAda() {
        Map<String, Object> ada = ada();
        ada.put("password", "correct horse");
        ada.put("pin", "4711");
        return ada;
    }

    void makeAda() {
        assertThat(admin("PUT", PEOPLE + "/ada", ada(), FRESH).status()).isEqualTo(201);
    }

    void makePeople(int count) {
        for (int i = 0; i < count; i++) {
            String name = "p%02d".formatted(i);
            Map<String, Object> person = Map.of("userName", name, "mail", name + "@example.com", "age", i % 3);
            assertThat(admin("PUT", PEOPLE + "/" + name, person, FRESH).status())
                    .isEqualTo(201);
        }
    }

    String revision(String id) {
        return String.valueOf(admin("GET", PEOPLE + "/" + id, null).json().get("_rev"));
    }

    void runPeople() {
        server.get(Reconciliations.class).start(RunRequest.full("people"), House.ACTOR, RunListener.NONE);
    }

    /** The newest line of the audit trail. */
    Map<String, Object> lastOfTrail() {
        return results(server.get("auditor", "/api/audit?_pageSize=1")).getFirst();
    }

    static Map<String, Object> replace(String field, Object value) {
        return Map.of("operation", "replace", "field", field, "value", value);
    }

    /** What a table's only row has in a column. Managed tables have lower case names even where that takes quotes. */
    Object value(String table, String column) {
        boolean quoted = database.url().startsWith("jdbc:h2:") && table.startsWith("managed_");
        return server.get(JdbcTemplate.class)
                .queryForMap("select * from " + (quoted ? '"' + table + '"' : table))
                .get(column);
    }
}
