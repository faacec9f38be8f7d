package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI documents describe what the server does, all of it and nothing else. */
class DescriptionIT {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String ACTION = "_action=";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private static final Pattern SHOWN = Pattern.compile("(?m)^as (?:-X (\\w+) )?.*?'localhost:8080([^']*)'");

    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void bothDocumentsTogetherDescribeEveryOperationAndTheRoleThatItTakes() {
        Set<String> described = new TreeSet<>();
        for (String name : List.of("openidm", "own")) {
            operations(document(name)).forEach(operation -> described.addAll(operation.lines()));
        }
        assertThat(described)
                .as(
                        "Operations of src/main/resources/openapi/*.yaml and those of the controllers, with x-role and @Allowed")
                .containsExactlyElementsOf(served());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openidm", "own"})
    void everyOperationIsNamedDescribedAndDeclaresItsPath(String name) {
        Map<?, ?> document = document(name);
        assertThat(document.get("openapi")).isEqualTo("3.1.0");
        Set<Object> ids = new HashSet<>();
        for (Described operation : operations(document)) {
            assertThat(operation.path()).startsWith(name.equals("own") ? "/api/" : "/openidm/");
            assertThat(ids.add(operation.json().get("operationId")))
                    .as("operationId of %s", operation)
                    .isTrue();
            assertThat(operation.json().get("summary"))
                    .as("summary of %s", operation)
                    .isInstanceOf(String.class);
            assertThat(((Map<?, ?>) operation.json().get("responses"))
                            .keySet().stream().map(String::valueOf).toList())
                    .as("responses of %s", operation)
                    .contains("default")
                    .anyMatch(code -> code.startsWith("2"));
            Set<String> variables = new TreeSet<>();
            Matcher variable = VARIABLE.matcher(operation.path());
            while (variable.find()) {
                variables.add(variable.group(1));
            }
            assertThat(operation.named("path"))
                    .as("path parameters of %s", operation)
                    .isEqualTo(variables);
        }
        references(document)
                .forEach(reference -> assertThat(at(document, reference))
                        .as("%s in %s.yaml", reference, name)
                        .isNotNull());
    }

    @Test
    void whatIsNotRefusedIsDescribed() {
        List<Described> described = new ArrayList<>();
        List.of("openidm", "own").forEach(name -> described.addAll(operations(document(name))));
        int checked = 0;
        for (Map.Entry<RequestMappingInfo, HandlerMethod> entry : server.get(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()) {
            Takes takes = entry.getValue().getMethodAnnotation(Takes.class);
            if (takes != null) {
                String path = entry.getKey().getPatternValues().iterator().next();
                Described operation = described.stream()
                        .filter(one -> one.toString().equals("POST " + path))
                        .findFirst()
                        .orElseThrow();
                assertThat(operation.named("query")).as("%s", operation).containsAll(List.of(takes.value()));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(10);
    }

    @Test
    void whatTheDocumentationShowsIsDescribed() throws IOException {
        List<Described> operations = new ArrayList<>();
        List.of("openidm", "own").forEach(name -> operations.addAll(operations(document(name))));
        List<String> unknown = new ArrayList<>();
        Matcher shown = SHOWN.matcher(Files.readString(Path.of("docs/rest.md")));
        int examples = 0;
        while (shown.find()) {
            examples++;
            String method = shown.group(1) == null ? "GET" : shown.group(1);
            if (operations.stream().noneMatch(operation -> operation.isShownBy(method, shown.group(2)))) {
                unknown.add(shown.group());
            }
        }
        assertThat(unknown).as("Examples of docs/rest.md that are no operation").isEmpty();
        assertThat(examples).isGreaterThan(10);
    }

    private record Described(String path, String method, Map<?, ?> json, List<Map<?, ?>> parameters) {

        /** One line for each value of {@code _action}, such as {@code POST /openidm/recon _action=recon operator}. */
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (String action : actions()) {
                Object role = json.get("x-role");
                Object needed = role instanceof Map<?, ?> roles ? roles.get(action) : role;
                lines.add(line(method, path, action, String.valueOf(needed)));
            }
            return lines;
        }

        private List<String> actions() {
            for (Map<?, ?> parameter : parameters) {
                if ("_action".equals(parameter.get("name"))) {
                    return ((List<?>) ((Map<?, ?>) parameter.get("schema")).get("enum"))
                            .stream().map(String::valueOf).toList();
                }
            }
            return List.of("");
        }

        boolean isShownBy(String verb, String address) {
            String[] parts = address.split("\\?", 2);
            String query = parts.length == 1 ? "" : "&" + parts[1];
            return verb.equals(method)
                    && parts[0].matches(VARIABLE.matcher(path).replaceAll("[^/]+"))
                    && actions().stream().anyMatch(action -> action.isEmpty() || query.contains("&_action=" + action))
                    && Stream.of(query.split("&"))
                            .filter(parameter -> !parameter.isEmpty())
                            .allMatch(parameter ->
                                    named("query").contains(parameter.split("=", 2)[0]));
        }

        Set<String> named(String in) {
            Set<String> names = new TreeSet<>();
            parameters.stream()
                    .filter(parameter -> in.equals(parameter.get("in")))
                    .forEach(parameter -> names.add(String.valueOf(parameter.get("name"))));
            return names;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static String line(String method, String path, String action, String role) {
        return method + " " + path + (action.isEmpty() ? "" : " _action=" + action) + " " + role;
    }

    private static Set<String> served() {
        Set<String> lines = new TreeSet<>();
        for (Operation operation : Operation.of(server)) {
            String action = operation.parameters().stream()
                    .filter(parameter -> parameter.startsWith(ACTION))
                    .map(parameter -> parameter.substring(ACTION.length()))
                    .findFirst()
                    .orElse("");
            lines.add(line(
                    operation.method(),
                    operation.path(),
                    action,
                    operation.role() == null ? "nobody" : operation.role().key()));
        }
        return lines;
    }

    private static List<Described> operations(Map<?, ?> document) {
        List<Described> operations = new ArrayList<>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, item) -> ((Map<?, ?>) item).forEach((method, json) -> {
                    if (METHODS.contains(method)) {
                        List<Map<?, ?>> parameters = new ArrayList<>();
                        for (Object owner : List.of(item, json)) {
                            if (((Map<?, ?>) owner).get("parameters") instanceof List<?> list) {
                                list.forEach(one -> parameters.add(resolved(document, (Map<?, ?>) one)));
                            }
                        }
                        operations.add(new Described(
                                String.valueOf(path),
                                String.valueOf(method).toUpperCase(),
                                (Map<?, ?>) json,
                                parameters));
                    }
                }));
        return operations;
    }

    private static Map<?, ?> resolved(Map<?, ?> document, Map<?, ?> parameter) {
        return parameter.get("$ref") instanceof String reference ? (Map<?, ?>) at(document, reference) : parameter;
    }

    private static @Nullable Object at(Map<?, ?> document, String reference) {
        Object found = document;
        for (String name : reference.substring("#/".length()).split("/")) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    private static Set<String> references(@Nullable Object value) {
        Set<String> references = new TreeSet<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                if ("$ref".equals(name)) {
                    references.add(String.valueOf(member));
                }
                references.addAll(references(member));
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> references.addAll(references(element)));
        }
        return references;
    }

    private static Map<?, ?> document(String name) {
        Server.Answer answer = server.get("viewer", "/api/openapi/" + name + ".yaml");
        assertThat(answer.status()).isEqualTo(200);
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(answer.body());
    }
}
