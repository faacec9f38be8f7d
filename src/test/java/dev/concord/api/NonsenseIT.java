package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** Whatever nonsense arrives is answered with what is wrong about it, and never with an error of the program. */
class NonsenseIT {

    private static final int REQUESTS = 4_000;

    private static final List<String> NAMES = List.of(
            "_queryFilter",
            "_fields",
            "_sortKeys",
            "_pageSize",
            "_pagedResultsCookie",
            "_pagedResultsOffset",
            "_totalPagedResultsPolicy",
            "_countOnly",
            "_queryId",
            "_action",
            "mapping",
            "id",
            "ids",
            "analyze",
            "waitForCompletion",
            "persistAssociations",
            "sourceId",
            "targetId",
            "situation",
            "action",
            "linkType",
            "of",
            "source",
            "target",
            "_prettyPrint",
            "reconId");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "true",
            "false",
            "maybe",
            "-1",
            "0",
            "1",
            "999999999999999999999",
            "NaN",
            "*",
            "/",
            "//",
            ".",
            "..",
            "../../etc/passwd",
            "%",
            "%00",
            "\u0000",
            "'",
            "\"",
            "\\",
            "hr-to-users",
            "managed/alpha_user",
            "system/hr/employee",
            "_id eq \"1\"",
            "_id sw 'mapping'",
            "a eq",
            "((((a pr",
            "!(a pr) and",
            "true or",
            "a in '[1'",
            "a[b eq 1",
            "/a~1b eq 'x'",
            "a eq \"" + "x".repeat(3_000) + "\"",
            "!".repeat(2_000) + "(a pr)",
            "userName co \"'; drop table link; --\"",
            "\uD800",
            "\uD83D\uDE00",
            "i\u0307",
            "ESTIMATE",
            "EXACT",
            "-userName,mail",
            "userName,,",
            "createdAt;",
            "LDAP",
            "recon",
            "trigger",
            "\r\nX: y");

    private static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "[[[[[[[[",
            "{}",
            "{",
            "42",
            "\"text\"",
            "{\"a\":1,\"a\":2}",
            "{\"_id\":null}",
            "{\"_id\":{\"a\":[]}}",
            "{\"userName\":[1,{}]}",
            "[{\"operation\":\"fly\",\"field\":\"/a\"}]",
            "[{\"operation\":\"replace\",\"field\":\"a/b/c\",\"value\":{}}]",
            "[{\"operation\":\"add\"}]",
            "[null]",
            "{\"sourceQuery\":5}",
            "{\"sourceQuery\":{\"_queryFilter\":\"((\"}}",
            "{\"schedule\":\"every now and then\"}",
            "{\"type\":\"cron\",\"schedule\":\"0 0 25 * * ?\"}",
            "{\"mappings\":[{\"name\":\"../x\"}]}",
            "{\"password\":1e400}",
            "{\"enabled\":\"perhaps\",\"invokeContext\":[]}",
            "\uFEFF{}",
            "{\"a\":\"\uD800\"}");

    private static final String WHO =
            "Host: concord\r\nX-OpenIDM-Username: admin\r\nX-OpenIDM-Password: " + Server.PASSWORD + "\r\n";

    private static Server server;
    private static TestDatabase database;
    private static Traces traces;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("jobs"), home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
        traces = Traces.watched();
    }

    @AfterAll
    static void stop() {
        traces.close();
        server.close();
        database.close();
    }

    @Test
    void nonsenseIsAnsweredWithWhatIsWrong() {
        long seed = Long.getLong("concord.seed", new Random().nextInt(1_000_000));
        System.out.println("Nonsense comes from the seed " + seed + "; -Dconcord.seed=" + seed + " brings it back.");
        Random random = new Random(seed);
        List<Operation> operations = Operation.of(server).stream()
                .filter(operation -> !operation.path().endsWith("/events"))
                .toList();
        for (int i = 0; i < REQUESTS; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            String path = path(operation, random);
            String body = random.nextInt(3) == 0 ? "{}" : pick(BODIES, random);
            HttpRequest.Builder request = HttpRequest.newBuilder(server.address(path))
                    .headers("X-OpenIDM-Username", "admin", "X-OpenIDM-Password", Server.PASSWORD)
                    .header("Content-Type", random.nextInt(8) == 0 ? "text/plain" : "application/json")
                    .method(
                            operation.method(),
                            operation.method().equals("GET")
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
            if (random.nextInt(3) == 0) {
                request.header(
                        pick(List.of("If-Match", "If-None-Match", "Accept-API-Version", "Accept"), random),
                        pick(List.of("*", "\"x\"", "0", "resource=1.0", "application/xml", "-", "W/\"1\""), random));
            }
            Server.Answer answer = server.send(request.build());
            assertThat(answer.status())
                    .as("%s %s %s: %s", operation.method(), path, body, answer.body())
                    .isNotEqualTo(500)
                    .isBetween(200, 503);
            if (answer.status() >= 400) {
                assertThat(message(answer))
                        .as("%s %s %s", operation.method(), path, body)
                        .isNotBlank();
            }
        }
    }

    /** A client's mistake is told to the client; in the log it would only hide what is wrong with the program. */
    @AfterEach
    void nothingIsLoggedAsAnErrorOfTheProgram() {
        assertThat(traces.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /openidm/recon?_queryFilter=%zz|||400",
                "GET /api/audit?event=%ff|||400",
                "GET /openidm/recon?MANY|||400",
                "GET /nowhere|||404",
                "GET /api/nowhere|||404",
                "GET /error|||404",
                "PATCH /openidm/recon|||405",
                "TRACE /openidm/recon|||405",
                "CONNECT /openidm/recon|||501",
                "FLY /openidm/recon|||400",
                "GET /openidm/..|||400",
                "GET /api/%|||400",
                "GET /LONG|||400",
                "GET /openidm/recon|Expect: miracles||417",
                "GET /openidm/recon|X-Long: LONG||400",
                "POST /openidm/recon?_action=recon&mapping=x|Content-Type: application/x-www-form-urlencoded|a=%zz|415",
                "POST /api/plans|Content-Type: application/x-www-form-urlencoded|a=%zz|415",
                "POST /openidm/recon?_action=recon&mapping=x|Content-Type: multipart/form-data; boundary=x|--x|415",
                "POST /api/plans|Content-Type: multipart/form-data|--x|415",
                "POST /openidm/recon?_action=recon&mapping=x|Content-Length: 1;Content-Length: 2|{}|400",
                "POST /openidm/recon?_action=recon&mapping=x|Content-Length: -2|{}|400",
                "POST /openidm/recon?_action=recon&mapping=x|Content-Length: 500|{}|400",
                "POST /api/plans|Content-Length: 500|{}|400",
                "POST /openidm/recon?_action=recon&mapping=x|Transfer-Encoding: chunked|ZZ|400",
                "POST /api/plans|Transfer-Encoding: chunked|ZZ|400",
                "POST /api/plans|Transfer-Encoding: gzip, chunked|0|501"
            })
    void aRequestThatCannotBeReadIsAnsweredInTheShapeOfTheDoor(
            String line, @Nullable String headers, @Nullable String body, int status) throws IOException {
        String filled = line.replace(
                "MANY",
                IntStream.range(0, 2_000)
                        .mapToObj(number -> "a" + number + "=1")
                        .collect(Collectors.joining("&")));
        StringBuilder request = new StringBuilder(filled + " HTTP/1.1\r\n" + WHO + "Connection: close\r\n");
        if (headers != null) {
            request.append(headers.replace(";C", "\r\nC")).append("\r\n");
            if (body != null && headers.startsWith("Content-Type")) {
                request.append("Content-Length: ").append(body.length()).append("\r\n");
            }
        }
        request.append("\r\n").append(body == null ? "" : body + (headers.contains("chunked") ? "\r\n" : ""));
        String answer = answer(request.toString().replace("LONG", "x".repeat(20_000)));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (!line.startsWith("TRACE")) {
            boolean own = line.contains(" /api/");
            assertThat(answer)
                    .contains(
                            own ? "\r\nContent-Type: application/problem+json" : "\r\nContent-Type: application/json");
            Map<String, ?> json = Json.readObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            assertThat(json.get(own ? "status" : "code")).isEqualTo(status);
            assertThat((String) json.get(own ? "detail" : "message")).isNotBlank();
        }
    }

    @Test
    void aClientThatGoesAwayIsNothingToWriteOf() throws Exception {
        String run = String.valueOf(server.post(
                        "operator",
                        "/openidm/recon?_action=recon&mapping=hr-to-users&analyze=true&waitForCompletion=true",
                        null)
                .json()
                .get("_id"));
        for (String path : List.of(
                "/api/runs/" + run + "/entries.jsonl",
                "/api/runs/" + run + "/entries.csv",
                "/openidm/recon/assoc/" + run + "/entry",
                "/openidm/audit/recon",
                "/openidm/managed/alpha_user?_queryFilter=true")) {
            for (int read : List.of(0, 1, 20_000)) {
                leave("GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + WHO + "\r\n", read);
            }
        }
        String begun = "POST /openidm/recon?_action=recon&mapping=x HTTP/1.1\r\n" + WHO;
        leave(begun + "Content-Length: 500\r\n\r\n{", 0);
        leave(begun + "Transfer-Encoding: chunked\r\n\r\n5\r\n{", 0);
        leave(begun + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\na=", 0);
        // Until the threads that worked for them have found out.
        while (server.get(MeterRegistry.class)
                        .get("http.server.requests.active")
                        .longTaskTimer()
                        .activeTasks()
                > 0) {
            Thread.sleep(20);
        }
    }

    /** All that comes back until the server ends the connection; nothing more is sent to it. */
    private static String answer(String request) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Reads some octets of the answer and resets the connection. */
    private static void leave(String request, int read) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readNBytes(read);
            socket.setSoLinger(true, 0);
        }
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.address("/").getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String message(Server.Answer answer) {
        Map<String, ?> json = Json.readObject(answer.body());
        return String.valueOf(json.get(json.containsKey("message") ? "message" : "detail"));
    }

    private static String path(Operation operation, Random random) {
        StringBuilder path = new StringBuilder();
        for (String segment : operation.path().split("/")) {
            if (!segment.isEmpty()) {
                boolean variable = segment.startsWith("{") || segment.startsWith("*");
                path.append('/').append(variable ? encoded(value(random)) : segment);
            }
        }
        StringBuilder query = new StringBuilder(operation.query());
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(pick(NAMES, random))
                    .append('=')
                    .append(encoded(pick(VALUES, random)));
        }
        return path + (query.isEmpty() ? "" : "?" + query);
    }

    /** An empty segment, a dot or a slash would lead to another operation. */
    private static String value(Random random) {
        String value = pick(VALUES, random).replace("/", "_");
        return value.isBlank() || value.startsWith(".") ? "x" : value;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
