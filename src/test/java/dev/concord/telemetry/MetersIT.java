package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.ledger.TargetCalls;
import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.mapping.Situation;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import dev.concord.run.Timetable;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a server shows to Prometheus after the sample company was run through, and whether that is what alerts and
 * dashboard ask for. Where there is a Prometheus on the PATH, it scrapes, judges and answers, too.
 */
class MetersIT {

    /** What Prometheus makes itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance", "alertstate");

    private static final Set<String> said = ConcurrentHashMap.newKeySet();
    private static final Set<String> meant = ConcurrentHashMap.newKeySet();

    private static Path folder;
    private static Server server;
    private static TestDatabase database;
    private static List<String> mappings;
    private static Scrape atWork;
    private static Scrape scrape;
    private static @Nullable PrometheusServer prometheus;

    @BeforeAll
    static void runTheCompany(@TempDir Path temporary) throws Exception {
        folder = temporary;
        CompanyHome home = CompanyHome.in(folder.resolve("home"));
        mappings = home.mappings();
        database = Databases.H2.fresh();
        server = Server.open(
                home.folder(),
                database,
                starting -> starting.registerBean(Timetable.class, Hourly::new),
                "concord.telemetry.freshness=0ms");
        prometheus = PrometheusServer.scraping(server, folder).orElse(null);
        beSeenAtWork();
        for (String mapping : List.of("hr-to-users", "users-to-crm", "hr-to-users")) {
            server.get(Reconciliations.class).start(RunRequest.full(mapping), House.ACTOR, new Listening());
            if (prometheus != null) {
                // What grows between two scrapes has a rate.
                prometheus.await("recon_runs_total{mapping='" + mapping + "', kind='full', status='SUCCESS'} > 0");
            }
        }
        scrape = scraped();
    }

    /** The first may join one that Prometheus has begun before. */
    private static Scrape scraped() {
        Scrape.of(server);
        return Scrape.of(server);
    }

    /** A run of another process, for as long as it takes to be scraped; those of the company may be too quick. */
    private static void beSeenAtWork() {
        Runs runs = server.get(Runs.class);
        Leases leases = server.get(Leases.class);
        Lease lease = leases.acquire("orgs-to-crm", "elsewhere", "elsewhere:1", Leases.TERM, holder -> false);
        runs.create(new Runs.NewRun(
                "elsewhere",
                "orgs-to-crm",
                "orgs-to-crm",
                RunKind.FULL,
                false,
                Map.of(),
                Map.of(),
                "",
                0,
                Instant.now()));
        TargetCalls calls = new TargetCalls();
        for (int i = 0; i < 3; i++) {
            calls.add(new Call("elsewhere", Operation.FIND, CallOutcome.UNAVAILABLE), 500_000_000);
        }
        calls.keep(
                server.get(JdbcTemplate.class),
                new TransactionTemplate(server.get(PlatformTransactionManager.class)),
                "elsewhere");
        atWork = scraped();
        if (prometheus != null) {
            prometheus.await("time() - recon_run_heartbeat_timestamp_seconds");
        }
        runs.close(
                "elsewhere",
                new Runs.Ending(
                        RunState.CANCELED,
                        Stage.COMPLETED_CANCELED,
                        RunCondition.STOPPED,
                        null,
                        new Counts(),
                        Instant.now()));
        leases.release(lease);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        server.close();
        database.close();
    }

    /** Schedules, until there are some. */
    private static final class Hourly implements Timetable {
        @Override
        public List<Line> lines() {
            return List.of(
                    new Line("hr-to-users", Duration.ofHours(1), Instant.now().plusSeconds(1000)));
        }

        @Override
        public boolean isWorking() {
            return true;
        }
    }

    /** What the threads of pages have to say of the run that they work for, when they log something. */
    private static final class Listening implements RunListener {
        @Override
        public void committed(Run run, Phase phase, Counts counts) {
            said.add(MDC.get("run") + " " + MDC.get("mapping"));
            meant.add(run.id() + " " + run.mapping());
        }
    }

    @Test
    void whatAnyThreadOfARunLogsSaysWhichRunAndMapping() {
        assertThat(said).hasSize(3).isEqualTo(meant);
    }

    @Test
    void everyMeterIsThereWithItsLabels() {
        for (Meter meter : Meter.values()) {
            for (String name : meter.names()) {
                Scrape with = meter == Meter.HEARTBEAT ? atWork : scrape;
                assertThat(with.labels(name)).as(name).containsExactlyInAnyOrderElementsOf(meter.labels());
            }
        }
    }

    @Test
    void everyMeterOfConcordSaysWhatItIs() {
        String text = server.send(HttpRequest.newBuilder(server.management("/actuator/prometheus"))
                        .build())
                .body();
        List<String> helps =
                text.lines().filter(line -> line.startsWith("# HELP recon_")).toList();
        assertThat(helps).hasSizeGreaterThan(15).allMatch(line -> line.matches("# HELP \\w+ \\w.{9,}"));
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE recon_")))
                .hasSameSizeAs(helps);
    }

    @Test
    void whatRunsCountedIsWhatTheMetersShow() {
        assertThat(scrape.sum("recon_runs_total", "mapping", "hr-to-users", "kind", "full", "status", "SUCCESS"))
                .isEqualTo(2);
        double employees = scrape.sum("recon_run_last_source_records", "mapping", "hr-to-users");
        assertThat(employees).isPositive();
        assertThat(scrape.sum("recon_run_previous_source_records", "mapping", "hr-to-users"))
                .isEqualTo(employees);
        assertThat(scrape.sum("recon_run_records_done", "mapping", "hr-to-users", "phase", "source"))
                .isEqualTo(employees);
        assertThat(scrape.sum("recon_records_total", "mapping", "hr-to-users"))
                .isEqualTo(scrape.sum("recon_actions_total", "mapping", "hr-to-users"))
                .isGreaterThan(employees);
        assertThat(scrape.sum("recon_stage_seconds_count", "mapping", "hr-to-users", "stage", "read"))
                .isPositive();
        assertThat(scrape.sum("recon_target_request_seconds_count", "system", "crm", "operation", "write"))
                .isPositive();
        assertThat(scrape.sum("recon_target_request_seconds_sum", "system", "crm", "outcome", "SUCCESS"))
                .isPositive();
    }

    @Test
    void callsOfARunOfAnotherProcessAreSeenAsThoseOfTheServer() {
        assertThat(scrape.sum("recon_target_request_seconds_count", "system", "elsewhere", "outcome", "UNAVAILABLE"))
                .isEqualTo(3);
        assertThat(scrape.sum("recon_target_request_seconds_sum", "system", "elsewhere"))
                .isEqualTo(1.5);
    }

    @Test
    void aRunOfAnotherProcessIsSeenWhileItWorksAndWhenItHasEnded() {
        assertThat(atWork.sum("recon_run_active", "mapping", "orgs-to-crm")).isOne();
        assertThat(atWork.sum("recon_run_heartbeat_timestamp_seconds", "mapping", "orgs-to-crm"))
                .isGreaterThanOrEqualTo(
                        scrape.sum("recon_run_last_start_timestamp_seconds", "mapping", "orgs-to-crm") - 1);
        assertThat(scrape.sum("recon_run_active")).isZero();
        assertThat(scrape.names()).doesNotContain("recon_run_heartbeat_timestamp_seconds");
        assertThat(scrape.sum("recon_runs_total", "mapping", "orgs-to-crm", "kind", "full", "status", "CANCELED"))
                .isOne();
    }

    @Test
    void aMappingThatNeverRanIsKnown() {
        for (String mapping : mappings) {
            assertThat(scrape.samples())
                    .anyMatch(sample -> sample.name().equals("recon_run_active")
                            && sample.has("mapping", mapping)
                            && sample.value() == 0);
            for (Situation situation : Situation.values()) {
                assertThat(scrape.samples())
                        .anyMatch(sample -> sample.name().equals("recon_records_total")
                                && sample.has("mapping", mapping, "situation", situation.name()));
            }
        }
    }

    @Test
    void healthTellsOfTheDatabaseOfRunsAndOfSchedules() {
        Map<String, ?> health = Json.readObject(health(""));
        assertThat(health.get("status")).isEqualTo("UP");
        assertThat(((Map<?, ?>) health.get("components")).keySet().stream().map(String::valueOf))
                .contains("db", "runs", "schedules");
        assertThat((Map<?, ?>) ((Map<?, ?>) health.get("components")).get("diskSpace"))
                .extracting("details")
                .extracting("path")
                .asString()
                .startsWith(folder.resolve("home").toString());
        assertThat(Json.readObject(health("/liveness")).get("status")).isEqualTo("UP");
        assertThat(((Map<?, ?>) Json.readObject(health("/readiness")).get("components"))
                        .keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder("db", "readinessState");
    }

    private static boolean seen(String metric) {
        return scrape.names().contains(metric) || atWork.names().contains(metric);
    }

    private static String health(String group) {
        return server.send(HttpRequest.newBuilder(server.management("/actuator/health" + group))
                        .build())
                .body();
    }

    @Test
    void alertsAndDashboardAskForWhatIsThere() throws IOException {
        List<String> wrong = new ArrayList<>();
        Stream.concat(expressions(Path.of("monitoring/alerts.yml")).stream(), Dashboard.load().expressions().stream())
                .forEach(expression -> {
                    PromQl query = PromQl.of(expression);
                    Set<String> labels = new TreeSet<>(LABELS_OF_PROMETHEUS);
                    for (String metric : query.metrics()) {
                        if (!OF_PROMETHEUS.contains(metric) && !seen(metric)) {
                            wrong.add("no metric " + metric + " in: " + expression);
                        }
                        labels.addAll(scrape.labels(metric));
                        labels.addAll(atWork.labels(metric));
                    }
                    query.labels().stream()
                            .filter(label -> !labels.contains(label))
                            .forEach(label -> wrong.add("no label " + label + " in: " + expression));
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void aPrometheusJudgesTheAlertsAndFillsEveryPanel() throws IOException {
        Assumptions.assumeTrue(prometheus != null, "There is no prometheus on the PATH.");
        prometheus.await("count(recon_runs_total{mapping='hr-to-users', kind='full', status='SUCCESS'} == 2)");
        assertThat(prometheus.healthyRules())
                .isEqualTo(expressions(Path.of("monitoring/alerts.yml")).size());
        assertThat(Dashboard.load().panels())
                .allSatisfy(panel -> assertThat(panel.expressions())
                        .allSatisfy(expression -> assertThat(prometheus.seriesOf(expression))
                                .as(panel.title())
                                .isNotEmpty()));
    }

    /** The expressions of the alerts. */
    static List<String> expressions(Path rules) throws IOException {
        List<String> expressions = new ArrayList<>();
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(rules));
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                expressions.add((String) ((Map<?, ?>) rule).get("expr"));
            }
        }
        assertThat(expressions).isNotEmpty();
        return expressions;
    }
}
