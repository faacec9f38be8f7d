package dev.concord.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Clients;
import dev.concord.testing.Clients.Question;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * How much slower a run becomes when 200 clients ask the server that it works in. Runs without and with them take
 * turns, in the same server process and over the same records; all pairs are linked and equal, so that a run takes as
 * much processor time and as little waiting as a run can. It fails when a request does, not when it is slow.
 */
class ManyClientsBench {

    private static final int ROWS = Integer.getInteger("clients.rows", 400_000);
    private static final int ROUNDS = Integer.getInteger("clients.rounds", 7);
    private static final Duration WARMING = Duration.ofSeconds(Integer.getInteger("clients.warming", 120));
    private static final String DATABASE = System.getProperty("clients.database", "h2");
    /** As {@code taskset -c} takes them; the clients, and a MariaDB that is started, have all of them. */
    private static final @Nullable String CORES = System.getProperty("clients.cores");

    private static final String OPTIONS = System.getProperty("clients.options", "");
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final String NAME = "watcher";
    private static final String PASSWORD = "open sesame";
    private static final String[] WHO = {"X-OpenIDM-Username", NAME, "X-OpenIDM-Password", PASSWORD};

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private String address = "";
    private String management = "";
    private volatile String run = "";
    private ProcessHandle server = ProcessHandle.current();

    @Test
    void runsWithAndWithoutClientsTakeTurns() throws Exception {
        Benchmarks.Plan plan = new Benchmarks.Plan(ROWS, database(), null, null, null, false, System.out::println);
        try (Workbench bench = new Workbench(plan, folder, Benchmark.UNCHANGED, Definition.PLAIN, ROWS, null)) {
            bench.data.loadTargetsAndLinks(ROWS);
            bench.data.settle();
            Files.writeString(
                    bench.home.folder().resolve("users.yaml"),
                    "users:\n  " + NAME + ": {password: \""
                            + PasswordEncoderFactories.createDelegatingPasswordEncoder()
                                    .encode(PASSWORD)
                            + "\", roles: [admin]}\n");
            Process process = serve(bench);
            server = process.toHandle();
            try {
                measure();
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private void measure() throws Exception {
        List<String> errors = new ArrayList<>(warmUp());
        List<Double> ratios = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Duration begun = processorTime();
            double alone = seconds();
            Duration between = processorTime();
            Clients clients = asking();
            double watched = seconds();
            Clients.Report report = clients.report();
            Duration more = processorTime().minus(between).minus(between.minus(begun));
            double cost = more.toNanos() / 1e6 / report.requests();
            errors.addAll(report.errors());
            ratios.add(watched / alone);
            costs.add(cost);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %.2f s alone, %.2f s with 200 clients: %+.0f %%; %.2f ms of processor time a request%n",
                    round,
                    alone,
                    watched,
                    100 * (watched / alone - 1),
                    cost);
            if (round == ROUNDS) {
                System.out.print(report);
            }
        }
        ratios.sort(null);
        costs.sort(null);
        System.out.printf(
                Locale.ROOT,
                "median %+.0f %%, from %+.0f %% to %+.0f %%; a request %.2f ms of processor time, from %.2f to %.2f%n",
                100 * (ratios.get(ratios.size() / 2) - 1),
                100 * (ratios.getFirst() - 1),
                100 * (ratios.getLast() - 1),
                costs.get(costs.size() / 2),
                costs.getFirst(),
                costs.getLast());
        assertThat(errors.stream().limit(5)).as(errors.size() + " errors").isEmpty();
    }

    /** Shows the JVM what it is going to need; answers what went wrong. */
    private List<String> warmUp() throws Exception {
        System.out.printf(Locale.ROOT, "first run: %.2f s alone%n", seconds());
        Instant begun = Instant.now();
        Clients clients = asking();
        while (Duration.between(begun, Instant.now()).compareTo(WARMING) < 0) {
            System.out.printf(Locale.ROOT, "warming up: %.2f s with 200 clients%n", seconds());
        }
        return clients.report().errors();
    }

    private Clients asking() {
        return Clients.asking(questions(), PACE, WHO);
    }

    /** Of the server, its threads that compile and collect included; on a busy machine it says more than time does. */
    private Duration processorTime() {
        return server.info().totalCpuDuration().orElseThrow();
    }

    /** Two hundred, each a request a second. */
    private List<Question> questions() {
        String entries = "/openidm/recon/assoc/%s/entry?_queryFilter=status+eq+%%22FAILURE%%22&_pageSize=20";
        String type = "/openidm/managed/" + ScratchHome.TYPE;
        return List.of(
                new Question("status", 110, () -> URI.create(address + "/openidm/recon/" + run)),
                new Question("entries", 30, () -> URI.create(address + entries.formatted(run))),
                new Question(
                        "query",
                        30,
                        () -> URI.create(address + type + "?_queryFilter=" + BenchmarkData.KEY + "+eq+%22"
                                + BenchmarkData.values(person(), 0)[0] + "%22")),
                new Question("read", 10, () -> URI.create(address + type + "/" + BenchmarkData.targetId(person()))),
                new Question("runs", 10, () -> URI.create(address + "/openidm/recon?_pageSize=10")),
                new Question("mappings", 8, () -> URI.create(address + "/openidm/sync/mappings?_queryFilter=true")),
                new Question("meters", 2, () -> URI.create(management + "/actuator/prometheus")));
    }

    private static long person() {
        return ThreadLocalRandom.current().nextLong(ROWS);
    }

    /** One run, as long as it says itself that it took. */
    private double seconds() throws Exception {
        run = String.valueOf(ask("POST", "/openidm/recon?_action=recon&mapping=" + ScratchHome.MAPPING)
                .get("_id"));
        Map<String, @Nullable Object> seen = Map.of("state", "ACTIVE");
        while ("ACTIVE".equals(seen.get("state"))) {
            Thread.sleep(500);
            seen = ask("GET", "/openidm/recon/" + run);
        }
        assertThat(seen).containsEntry("state", "SUCCESS");
        assertThat((Map<?, ?>) seen.get("situationSummary"))
                .extracting("CONFIRMED")
                .isEqualTo(ROWS);
        return ((Number) seen.get("duration")).doubleValue() / 1000;
    }

    private Map<String, @Nullable Object> ask(String method, String path) throws IOException, InterruptedException {
        return Json.readObject(http.send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .headers(WHO)
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    /** A server as anybody starts it. */
    private Process serve(Workbench bench) throws Exception {
        List<String> command = new ArrayList<>();
        if (CORES != null) {
            command.addAll(List.of("taskset", "-c", CORES));
        }
        command.addAll(List.of(
                Path.of("concord").toAbsolutePath().toString(),
                "serve",
                "--home",
                bench.home.folder().toAbsolutePath().toString(),
                "--port",
                "0",
                "--management-port",
                "0"));
        Path said = folder.resolve("server.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(bench.database.environment());
        builder.environment().put("CONCORD_JAVA_OPTIONS", "-Xmx1g " + OPTIONS);
        Process process = builder.start();
        Pattern serving = Pattern.compile("Serving .* on (http://\\S+), metrics on port (\\d+)");
        Matcher found = serving.matcher("");
        while (!found.find()) {
            assertThat(process.isAlive()).as(Files.readString(said, UTF_8)).isTrue();
            Thread.sleep(100);
            found = serving.matcher(Files.readString(said, UTF_8));
        }
        address = found.group(1);
        management = "http://127.0.0.1:" + found.group(2);
        return process;
    }

    /** {@code h2}, {@code mariadb} for one that is started, or the JDBC URL of a server. */
    private static String database() throws Exception {
        if (!DATABASE.equals("mariadb")) {
            return DATABASE;
        }
        String url = Databases.MARIADB.fresh().url() + "?user=root";
        try (var connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("set global innodb_buffer_pool_size = 1073741824");
        }
        return url;
    }
}
