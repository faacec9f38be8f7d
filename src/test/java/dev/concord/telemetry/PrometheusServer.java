package dev.concord.telemetry;

import dev.concord.record.Json;
import dev.concord.testing.Server;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Prometheus of its own on the loopback interface, with the project's configuration but for the addresses. */
final class PrometheusServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final String address;
    private final Instant begun = Instant.now();
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** A program on the PATH. */
    static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one that scrapes a server each second; empty, and said on stderr, where there is no Prometheus. */
    static Optional<PrometheusServer> scraping(Server server, Path folder) throws IOException {
        Optional<Path> program = program("prometheus");
        if (program.isEmpty()) {
            System.err.println(
                    "NOT TESTED: there is no prometheus on the PATH (Debian: apt install prometheus), so that"
                            + " nobody asked one for the dashboard's panels.");
            return Optional.empty();
        }
        String config = Files.readString(Path.of("monitoring/prometheus.yml"))
                .replace("concord:8081", server.management("").getAuthority())
                .replace("15s", "1s");
        Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.copy(Path.of("monitoring/alerts.yml"), folder.resolve("alerts.yml"));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer prometheus = new PrometheusServer(process, address);
        prometheus.await("its first scrape", () -> prometheus.has("up == 1"));
        return Optional.of(prometheus);
    }

    /** Waits until an expression has a value now. */
    void await(String expression) {
        await(expression, () -> has(expression));
    }

    private void await(String what, BooleanSupplier there) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!there.getAsBoolean()) {
            if (Instant.now().isAfter(end) || !process.isAlive()) {
                throw new IllegalStateException("Prometheus did not come to " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean has(String expression) {
        try {
            return !result("/api/v1/query?query=" + encoded(expression)).isEmpty();
        } catch (IllegalStateException notReady) {
            return false;
        }
    }

    /** The series that an expression gave at any time since Prometheus began. */
    List<?> seriesOf(String expression) {
        return result("/api/v1/query_range?step=1&start=" + begun.getEpochSecond() + "&end="
                // The end is rounded up, or what was scraped within this second would not be seen.
                + (Instant.now().getEpochSecond() + 1) + "&query=" + encoded(expression));
    }

    /** How many alert rules it has, all of which it could judge. */
    long healthyRules() {
        return ((List<?>) data("/api/v1/rules").get("groups"))
                .stream()
                        .flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
                        .filter(rule -> "ok".equals(((Map<?, ?>) rule).get("health")))
                        .count();
    }

    private List<?> result(String path) {
        return (List<?>) data(path).get("result");
    }

    private Map<?, ?> data(String path) {
        try {
            Map<String, ?> answer = Json.readObject(client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
            if (!"success".equals(answer.get("status"))) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return (Map<?, ?>) answer.get("data");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException noJson) {
            throw new IllegalStateException(noJson);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
