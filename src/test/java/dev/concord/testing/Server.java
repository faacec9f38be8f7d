package dev.concord.testing;

import dev.concord.ServerApplication;
import dev.concord.record.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Concord as a server in this JVM, put together as {@code serve} does it, on free ports of the loopback interface, with
 * a user for each role: their names are the roles, their passwords {@link #PASSWORD}.
 */
public final class Server implements AutoCloseable {

    public static final String PASSWORD = "open sesame";

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Server(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings such as {@code concord.shutdown.patience=5s} */
    public static Server open(Path home, TestDatabase database, String... settings) {
        return open(home, database, starting -> {}, settings);
    }

    /** @param before may register beans that take the place of the product's, such as a clock */
    public static Server open(
            Path home, TestDatabase database, Consumer<GenericApplicationContext> before, String... settings) {
        writeUsers(home);
        return openAsIs(home, database, before, settings);
    }

    /** Without users, unless the test has written some. */
    public static Server openAsIs(
            Path home, TestDatabase database, Consumer<GenericApplicationContext> before, String... settings) {
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setRegisterShutdownHook(false);
        application.addInitializers(starting -> before.accept((GenericApplicationContext) starting));
        List<String> arguments = new ArrayList<>(List.of(
                "--concord.home=" + home.toAbsolutePath(),
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new Server(application.run(arguments.toArray(String[]::new)));
    }

    private static void writeUsers(Path home) {
        StringBuilder users = new StringBuilder("users:\n");
        for (String role : List.of("viewer", "auditor", "operator", "approver", "admin")) {
            users.append("  %s: {password: \"{noop}%s\", roles: [%s]}\n".formatted(role, PASSWORD, role));
        }
        try {
            Files.writeString(home.resolve("users.yaml"), users);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part of the house. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port") + path);
    }

    /** Asks for something as a user with a role; {@code path} with its query, already encoded. */
    public Answer send(String role, String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .header("X-OpenIDM-Username", role)
                .header("X-OpenIDM-Password", PASSWORD)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String role, String path) {
        return send(role, "GET", path, null);
    }

    public Answer post(String role, String path, @Nullable Object body) {
        return send(role, "POST", path, body);
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        public Map<String, @Nullable Object> json() {
            return Json.readObject(body);
        }
    }
}
