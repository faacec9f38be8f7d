package dev.concord.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.concord.access.Role;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server at work on the {@link Aviary}: all that it says, to whom, and all that it keeps. */
@ExtendWith(OutputCaptureExtension.class)
abstract class CanaryContract {

    private static final List<String> READERS_WITHOUT_VALUES = List.of("viewer", "operator");

    @TempDir
    Path home;

    final Findings findings = new Findings();
    final List<String> runs = new ArrayList<>();
    private final List<String> plans = new ArrayList<>();

    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
    Aviary aviary;

    abstract TestDatabase open();

    /** As whom everything is read. */
    List<Role> readers() {
        return List.of(Role.values());
    }

    @Test
    void nothingSaysOrKeepsWhatItMayNot(CapturedOutput output) throws Exception {
        HttpServer receiver = receiver();
        try (TestDatabase database = open()) {
            aviary = new Aviary(home, database);
            aviary.build();
            aviary.write("jobs/traps.yaml", """
                    name: traps
                    source: system/hr/person
                    target: managed/account
                    """);
            aviary.write("jobs/webhooks/everything.yaml", """
                    url: http://127.0.0.1:%d/hook?token=${file:%s}
                    secret: ${file:%s}
                    """.formatted(
                            receiver.getAddress().getPort(), home.resolve("password"), home.resolve("signing")));
            try (Server server = Server.open(
                    home,
                    database,
                    starting -> Traps.set(starting, home.resolve("data/snapshots"), findings),
                    "logging.level.dev.concord=DEBUG",
                    "concord.webhooks.look=200ms",
                    "concord.retries.attempts=2")) {
                for (String table : List.of("intent", "pending_file_change", "webhook_outbox")) {
                    Keepsakes.of(table, database);
                }
                provoke(server);
                mistake(server);
                Files.delete(home.resolve("jobs/refusals.yaml"));
                Files.delete(home.resolve("jobs/gones.yaml"));
                change(server);
                readAll(server);
                lookAtMeters(server);
            }
            new Tables(database).lookAt(findings);
            afterwards(database);
            findings.lookAtLines(Output.LOG, "the log", output.getAll());
        } finally {
            receiver.stop(0);
            LoggingSystem.get(getClass().getClassLoader()).setLogLevel("dev.concord", LogLevel.INFO);
        }
        posted.forEach(body -> findings.look(Output.WEBHOOKS, "posted", body));
        assertThat(output.getAll().contains(" DEBUG ") && output.getAll().contains("<message of "))
                .as("the log tells what scripts log, and more")
                .isTrue();
        findings.assertNoLeaks();
        assertEverythingCameBy();
    }

    /** What a database can do besides. */
    void afterwards(TestDatabase database) throws Exception {}

    private void assertEverythingCameBy() {
        findings.assertSeen(Output.AUDITORS, Bird.PERSON, Bird.FILTER);
        findings.assertSeen(Output.OBJECTS, Bird.PERSON, Bird.SENSITIVE);
        findings.assertSeen(Output.RUN_ROWS, Bird.FILTER);
        findings.assertSeen(Output.ENTRIES, Bird.PERSON);
        findings.assertSeen(Output.INTENTS, Bird.PERSON, Bird.CIPHER);
        findings.assertSeen(Output.SNAPSHOTS, Bird.PERSON, Bird.SENSITIVE);
        findings.assertSeen(Output.PENDING, Bird.PERSON, Bird.SENSITIVE);
        for (Output output : List.of(
                Output.VIEWERS,
                Output.ERRORS,
                Output.EVENTS,
                Output.METERS,
                Output.WEBHOOKS,
                Output.AUDIT,
                Output.OTHER_ROWS,
                Output.LOG)) {
            findings.assertSeen(output);
        }
    }

    // Runs

    private void provoke(Server server) {
        for (String id : List.of("a", "b")) {
            create(server, id, "wellensittich-09@vogel.example");
        }
        create(server, "one", "somebody@vogel.example");
        run(server, "people", "&analyze=true");
        run(server, "people", "");
        assertProvoked(server, runs.getLast(), Aviary.IN_PEOPLE);
        run(server, "doors", "");
        assertProvoked(server, runs.getLast(), Aviary.IN_DOORS);
        run(server, "cards", "");
        aviary.writePeople(2);
        Answer plan = server.post(
                "operator",
                "/api/plans",
                Map.of("mapping", "people", "where", "!(name eq \"" + Bird.FILTER.value("planned") + "\")"));
        plans.add(ended(server, plan));
        String applied =
                ended(server, server.post("operator", "/api/plans/" + plans.getFirst() + "?_action=apply", null));
        runs.add(applied);
        runs.add(ended(server, server.post("operator", "/api/runs/" + applied + "?_action=undo", null)));
        run(server, "guarded", "");
        readAll(server, operation -> operation.path().equals("/api/approvals"));
        ended(server, server.post("approver", "/api/runs/" + runs.getLast() + "?_action=deny", Map.of("why", "No.")));
        run(server, "people", "&analyze=true");
        run(server, "people", "");
        run(server, "doors", "");
        run(server, "cards", "");
        for (String mapping :
                List.of("hooks", "ends", "feeds", "ages", "unclosed", "refusals", "gones", Traps.MAPPING)) {
            run(server, mapping, "");
        }
        run(
                server,
                "people",
                "",
                Map.of("sourceQuery", Map.of("_queryFilter", "name eq \"" + Bird.FILTER.value("where") + "\"")));
        Answer byId = server.post(
                "operator", "/openidm/recon?_action=reconById&mapping=people&waitForCompletion=true&ids=01,04", null);
        findings.look(Output.VIEWERS, "reconById", byId.body());
        for (String action : List.of("UPDATE", "CREATE", "LINK")) {
            for (String source : List.of("01", "04", "09", "03")) {
                Answer done = server.post(
                        "operator",
                        "/openidm/sync?_action=performAction&mapping=people&sourceId=" + source + "&action=" + action,
                        null);
                findings.look(Output.VIEWERS, action + " " + source, done.body() + done.headers());
            }
        }
    }

    /** The id of a run that was started, when it has ended. */
    private String ended(Server server, Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        findings.look(Output.VIEWERS, "started", started.body() + started.headers());
        String id = String.valueOf(started.json().get("_id"));
        while (server.get("viewer", "/openidm/recon/" + id).json().get("state").equals("ACTIVE")) {
            Thread.onSpinWait();
        }
        return id;
    }

    private void create(Server server, String id, String mail) {
        Answer created = server.send(
                "admin",
                "PUT",
                "/openidm/managed/account/" + id,
                Map.of(
                        "userName", id,
                        "mail", mail,
                        "badge", Bird.SENSITIVE.value(id),
                        "password", Bird.SECRET.value(id),
                        "ssn", Bird.SECRET.value("ssn-" + id)),
                "If-None-Match",
                "*");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        findings.look(Output.OBJECTS, "created", created.body() + created.headers());
    }

    private void run(Server server, String mapping, String more) {
        run(server, mapping, more, null);
    }

    private void run(Server server, String mapping, String more, @Nullable Object body) {
        Answer answer = server.post(
                "operator", "/openidm/recon?_action=recon&mapping=" + mapping + "&waitForCompletion=true" + more, body);
        findings.look(answer.status() < 400 ? Output.VIEWERS : Output.ERRORS, "run " + mapping, answer.body());
        Answer newest = server.get("viewer", "/openidm/recon?_pageSize=1");
        assertThat((List<?>) newest.json().get("reconciliations"))
                .as(answer.body())
                .isNotEmpty();
        Map<?, ?> run = (Map<?, ?>) ((List<?>) newest.json().get("reconciliations")).getFirst();
        assertThat(run.get("mapping")).as(answer.body()).isEqualTo(mapping);
        runs.add(String.valueOf(run.get("_id")));
    }

    /** That those records failed for the reason that they should, and the others did not. */
    private static void assertProvoked(Server server, String run, Map<String, String> expected) {
        Answer entries = server.get(
                "viewer",
                "/openidm/recon/assoc/" + run + "/entry?_queryFilter=" + encoded("status eq \"FAILURE\"")
                        + "&_fields=sourceObjectId,message");
        Map<String, String> failed = new TreeMap<>();
        ((List<?>) entries.json().get("result"))
                .forEach(entry -> failed.put(
                        String.valueOf(((Map<?, ?>) entry).get("sourceObjectId")),
                        String.valueOf(((Map<?, ?>) entry).get("message"))));
        assertThat(failed).containsOnlyKeys(expected.keySet());
        expected.forEach((id, words) -> assertThat(failed.get(id)).as(id).contains(words));
    }

    // Requests with faults

    private void mistake(Server server) {
        String account = "/openidm/managed/account";
        String filter = Bird.FILTER.value("typed");
        for (String wrong : List.of(
                "mail eq \"" + filter,
                "mail eqq \"" + filter + "\"",
                "mail eq " + filter,
                "mail in '[" + filter + "'",
                "(mail eq \"" + filter + "\"")) {
            for (String path :
                    List.of(account, "/openidm/system/hr/person", "/openidm/repo/link", "/openidm/recon/assoc")) {
                mistaken(server.get("admin", path + "?_queryFilter=" + encoded(wrong)));
            }
            mistaken(server.post(
                    "operator",
                    "/openidm/recon?_action=recon&mapping=people",
                    Map.of("sourceQuery", Map.of("_queryFilter", wrong + "(("))));
        }
        for (String hidden : List.of("password", "ssn")) {
            mistaken(server.get("admin", account + "?_queryFilter=" + encoded(hidden + " eq \"" + filter + "\"")));
            mistaken(server.get("admin", account + "?_sortKeys=" + hidden));
        }
        String person = Bird.PERSON.value("typed");
        String secret = Bird.SECRET.value("typed");
        mistaken(server.post(
                "admin", account + "?_action=create", Map.of("userName", "one", "mail", person, "password", secret)));
        mistaken(server.post("admin", account + "?_action=create", Map.of("userName", "x1", "age", person)));
        mistaken(server.post(
                "admin", account + "?_action=create", Map.of("userName", "x2", "password", secret.repeat(9))));
        mistaken(server.post(
                "admin", account + "?_action=create", Map.of("userName", "x3", "badge", List.of(Map.of("x", secret)))));
        mistaken(server.post("admin", account + "?_action=create", Map.of("userName", "x4", "unknown", person)));
        mistaken(
                server.post("admin", "/openidm/system/doors/door?_action=create", Map.of("_id", "d", "level", person)));
        mistaken(server.post("admin", "/openidm/system/doors/door?_action=create", Map.of("_id", "d", "level", 95)));
        mistaken(server.post(
                "admin", "/openidm/system/doors/door?_action=create", Map.of("_id", "d", "name", person.repeat(9))));
        mistaken(
                server.post("admin", "/openidm/system/doors/door?_action=create", Map.of("_id", "01", "name", person)));
        for (Map<String, ?> operation : List.of(
                Map.of("operation", "replace", "field", "age", "value", person),
                Map.of("operation", "increment", "field", "mail", "value", person),
                Map.of("operation", "replace", "field", "userName", "value", "a"),
                Map.of("operation", "add", "value", secret))) {
            mistaken(server.send("admin", "PATCH", account + "/one", List.of(operation)));
        }
        for (String body : List.of(
                "{\"userName\": \"" + person,
                "{\"userName\": \"" + person + "\"} " + secret,
                person,
                "[\"" + secret + "\"]")) {
            for (String path :
                    List.of(account + "/x5", "/openidm/config/mapping/x", "/api/users/x", "/openidm/scheduler/job/x")) {
                mistaken(server.send(as(server, "admin", path)
                        .header("Content-Type", "application/json")
                        .method("PUT", BodyPublishers.ofString(body))
                        .build()));
            }
        }
        for (String path : List.of(
                "/openidm/system/refused/door",
                "/openidm/system/gone/door",
                "/openidm/system/hr/unclosed",
                "/openidm/system/feed/person",
                "/openidm/system/hr/ages")) {
            mistaken(server.get("admin", path));
            mistaken(server.get("admin", path + (path.endsWith("ages") ? "/01" : "/3")));
        }
        mistaken(server.get("viewer", Traps.PATH));
        mistaken(server.send(HttpRequest.newBuilder(server.address("/api/me"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((person + ":" + secret).getBytes(UTF_8)))
                .build()));
        mistaken(server.send(HttpRequest.newBuilder(server.address("/api/me"))
                .headers("X-OpenIDM-Username", person, "X-OpenIDM-Password", secret)
                .build()));
        for (String token : List.of(secret, "e30.e30." + secret)) {
            mistaken(server.send(HttpRequest.newBuilder(server.address("/api/me"))
                    .header("Authorization", "Bearer " + token)
                    .build()));
        }
        mistaken(server.send("admin", "PUT", "/api/users/anna", Map.of("password", secret, "roles", List.of(person))));
        Answer made =
                server.send("admin", "PUT", "/api/users/anna", Map.of("password", secret, "roles", List.of("viewer")));
        findings.look(Output.AUDITORS, "a user was made", made.body() + made.headers());
    }

    private void mistaken(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(400, 599);
        findings.look(Output.ERRORS, answer.status() + "", answer.body() + answer.headers());
    }

    private static HttpRequest.Builder as(Server server, String role, String path) {
        return HttpRequest.newBuilder(server.address(path))
                .headers("X-OpenIDM-Username", role, "X-OpenIDM-Password", Server.PASSWORD);
    }

    // What the audit log tells of

    private void change(Server server) {
        Answer written = server.send(
                "admin",
                "PUT",
                "/openidm/config/mapping/more",
                Map.of(
                        "source",
                        "system/hr/person",
                        "target",
                        "managed/account",
                        "properties",
                        List.of(),
                        "policies",
                        List.of()));
        findings.look(Output.AUDITORS, "a mapping was written", written.body() + written.headers());
        String link = ids(server, "/openidm/repo/link?_queryFilter=true&_pageSize=1", "result")
                .getFirst();
        Answer gone = server.send("admin", "DELETE", "/openidm/repo/link/" + encoded(link), null);
        findings.look(Output.AUDITORS, "a link was deleted", gone.body() + gone.headers());
        Answer deleted = server.send("admin", "DELETE", "/openidm/config/mapping/more", null);
        findings.look(Output.AUDITORS, "a mapping was deleted", deleted.body() + deleted.headers());
        assertThat(List.of(written.status(), gone.status(), deleted.status()))
                .as(written.body() + gone.body() + deleted.body())
                .allMatch(status -> status < 300);
    }

    // Whatever can be read

    private void readAll(Server server) {
        readAll(server, operation -> true);
    }

    private void readAll(Server server, Predicate<Described> wanted) {
        List<Described> operations = Described.of(server);
        assertThat(operations).hasSizeGreaterThan(50);
        for (Described operation : operations) {
            if (!operation.looks() || !wanted.test(operation)) {
                continue;
            }
            for (Role role : readers()) {
                boolean may = role.withIncluded().contains(operation.role());
                List<String> addresses = addresses(server, operation);
                boolean asAnother = role == Role.APPROVER || role == Role.ADMIN || role == Role.OPERATOR;
                for (String path : asAnother ? addresses.stream().limit(2).toList() : addresses) {
                    Answer answer = server.send(role.key(), operation.method(), path, null);
                    if (may) {
                        assertThat(answer.status())
                                .as("%s as %s: %s", path, role, answer.body())
                                .isEqualTo(200);
                    }
                    findings.look(
                            output(operation, role, may),
                            operation.method() + " " + path + " as " + role,
                            answer.body() + "\n" + answer.headers());
                }
            }
        }
    }

    private static Output output(Described operation, Role role, boolean may) {
        if (!may) {
            return Output.ERRORS;
        }
        if (operation.path().endsWith("/events")) {
            return Output.EVENTS;
        }
        if (READERS_WITHOUT_VALUES.contains(role.key())) {
            return Output.VIEWERS;
        }
        if (operation.path().equals("/api/audit")) {
            return Output.AUDIT;
        }
        boolean objects = operation.path().startsWith("/openidm/managed/")
                || operation.path().startsWith("/openidm/system/")
                || operation.action().equals("getLinkedResources");
        return objects ? Output.OBJECTS : Output.AUDITORS;
    }

    /** The addresses of an operation for all that there is; a variable that is new here has to be given a value. */
    private List<String> addresses(Server server, Described operation) {
        List<String> paths = List.of(operation.path());
        if (operation.path().startsWith("/openidm/scheduler/job/")
                || operation.path().startsWith("/openidm/scheduler/trigger/")
                || operation.path().startsWith("/api/openapi/")) {
            return List.of();
        }
        if (operation.path().contains("/managed/")) {
            paths = with(with(paths, "type", List.of("account")), "id", List.of("one", "a"));
        } else if (operation.path().contains("/system/")) {
            paths = List.of(
                    operation
                            .path()
                            .replace("{system}", "hr")
                            .replace("{type}", "person")
                            .replace("{id}", "01"),
                    operation
                            .path()
                            .replace("{system}", "doors")
                            .replace("{type}", "door")
                            .replace("{id}", "01"));
        } else if (operation.path().startsWith("/openidm/repo/link/")) {
            paths = with(paths, "id", ids(server, "/openidm/repo/link?_queryFilter=true&_pageSize=3", "result"));
        } else if (operation.path().contains("{entry}")) {
            List<String> all = new ArrayList<>();
            for (String run : runs) {
                List<String> some = ids(server, "/openidm/recon/assoc/" + run + "/entry?_pageSize=3", "result");
                all.addAll(with(List.of(operation.path().replace("{id}", run)), "entry", some));
            }
            paths = all;
        } else if (operation.path().startsWith("/api/plans")) {
            paths = with(paths, "id", plans);
        } else if (operation.path().startsWith("/openidm/recon")
                || operation.path().startsWith("/api/runs")) {
            paths = with(paths, "id", runs);
        } else {
            paths = with(paths, "name", List.of("people", "doors"));
        }
        String query = switch (operation.path()) {
            case "/api/impact" -> "?of=managed/account/mail";
            case "/api/compare" -> "?before=" + runs.get(1) + "&after=" + runs.get(5);
            case "/openidm/sync" ->
                operation.action().equals("getLinkedResources")
                        ? "?_action=getLinkedResources&resourceName=system/hr/person/01"
                        : "?_action=getTargetPreview&mapping=people&sourceId=01";
            default -> "";
        };
        if (operation.path().endsWith("/counts")) {
            query = "?by=kind";
        }
        List<String> addresses = new ArrayList<>();
        for (String path : paths) {
            assertThat(path).as("every variable has a value").doesNotContain("{");
            if (operation.path().endsWith("/explain")) {
                for (String source : List.of("01", "02", "03", "09", "10", "13")) {
                    addresses.add(path + "?source=" + source);
                }
                addresses.add(path + "?target=" + (path.contains("people") ? "one" : "01"));
            } else {
                addresses.add(path + query);
            }
        }
        if (operation.path().equals("/openidm/sync") && operation.action().equals("getTargetPreview")) {
            addresses.add("/openidm/sync?_action=getTargetPreview&mapping=doors&sourceId=05");
        }
        return addresses;
    }

    private static List<String> with(List<String> paths, String variable, List<String> values) {
        List<String> all = new ArrayList<>();
        for (String path : paths) {
            if (path.contains("{" + variable + "}")) {
                values.forEach(value -> all.add(path.replace("{" + variable + "}", encoded(value))));
            } else {
                all.add(path);
            }
        }
        return all;
    }

    private static List<String> ids(Server server, String path, String member) {
        Answer answer = server.get("admin", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((List<?>) answer.json().get(member))
                .stream()
                        .map(one -> String.valueOf(((Map<?, ?>) one).get("_id")))
                        .toList();
    }

    // What others see

    private void lookAtMeters(Server server) {
        for (String path :
                List.of("/actuator/prometheus", "/actuator/health", "/actuator/info", "/actuator/health/readiness")) {
            Answer answer =
                    server.send(HttpRequest.newBuilder(server.management(path)).build());
            assertThat(answer.status()).as(path).isEqualTo(200);
            findings.lookAtLines(Output.METERS, path, answer.body());
        }
    }

    private HttpServer receiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(exchange.getRequestHeaders().entrySet()
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
