package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("jobs"), home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
    }

    @AfterAll
    static void stop() {
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
