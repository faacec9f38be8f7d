package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.access.Role;
import dev.concord.api.access.Allowed;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Each operation of the server takes a role; the table in {@code docs/security.md} says which, and is kept true here.
 */
class EndpointRolesIT {

    private static final Path TABLE = Path.of("docs", "security.md");
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- end of operations -->";

    private static Server server;
    private static TestDatabase database;
    private static List<Operation> operations;

    /** @param parameters such as {@code _action=recon} that tell operations of one path apart */
    private record Operation(
            String method,
            String path,
            List<String> parameters,
            @Nullable Role role) {

        String line() {
            String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
            return "| `" + method + " " + path + query + "` | " + (role == null ? "**nobody**" : role.key()) + " |";
        }

        HttpRequest.Builder request() {
            String query = parameters.stream().filter(p -> !p.startsWith("!")).collect(Collectors.joining("&"));
            URI address = server.address(path.replaceAll("\\{[^}]*}|\\*+", "x") + (query.isEmpty() ? "" : "?" + query));
            return HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString("{}"));
        }
    }

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
        operations = operations();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> entry : server.get(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()) {
            if (!entry.getValue().getBeanType().getName().startsWith("dev.concord")) {
                continue;
            }
            Allowed allowed = entry.getValue().getMethodAnnotation(Allowed.class);
            List<String> parameters = entry.getKey().getParamsCondition().getExpressions().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            for (RequestMethod method : entry.getKey().getMethodsCondition().getMethods()) {
                for (String path : entry.getKey().getPatternValues()) {
                    found.add(new Operation(method.name(), path, parameters, allowed == null ? null : allowed.value()));
                }
            }
        }
        found.sort(Comparator.comparing(Operation::path)
                .thenComparing(Operation::method)
                .thenComparing(operation -> operation.parameters().toString()));
        return found;
    }

    @Test
    void eachOperationNamesItsRole() {
        assertThat(operations)
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(operation.role()).as(operation.line()).isNotNull());
    }

    @Test
    void theTableOfTheDocumentationIsTrue() throws IOException {
        String text = Files.readString(TABLE);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String table = "| operation | takes |\n|---|---|\n"
                + new TreeSet<>(operations.stream().map(Operation::line).toList())
                        .stream().collect(Collectors.joining("\n", "", "\n"));
        String found = text.substring(begin, text.indexOf(END));
        if (!found.equals(table)) {
            Files.writeString(TABLE, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
        }
        assertThat(found)
                .as("%s is written anew; look at it and commit it", TABLE)
                .isEqualTo(table);
    }

    @Test
    void nobodyGetsInWithoutSayingWhoTheyAre() {
        for (Operation operation : operations) {
            assertThat(server.send(operation.request().build()).status())
                    .as(operation.line())
                    .isEqualTo(401);
        }
    }

    @Test
    void onlyTheRoleOpensIt() {
        for (Operation operation : operations) {
            for (Role caller : Role.values()) {
                boolean may = caller.withIncluded().contains(operation.role());
                if (may && operation.path().endsWith("/events")) {
                    // It goes on until somebody leaves.
                    continue;
                }
                int status = server.send(operation
                                .request()
                                .headers("X-OpenIDM-Username", caller.key(), "X-OpenIDM-Password", Server.PASSWORD)
                                .build())
                        .status();
                if (may) {
                    assertThat(status).as("%s as %s", operation.line(), caller).isNotIn(401, 403, 500);
                } else {
                    assertThat(status).as("%s as %s", operation.line(), caller).isEqualTo(403);
                }
            }
        }
    }
}
