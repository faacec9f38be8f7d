package dev.concord.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.run.Timetable;
import dev.concord.testing.Databases;
import dev.concord.testing.PeopleHome;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Schedules that cannot be used, beside others that can. */
@ExtendWith(OutputCaptureExtension.class)
class FaultySchedulesIT {

    private static final String GOOD = schedule("0 0 2 1 1 ?", "UTC", "people");

    private PeopleHome home;

    private TestDatabase database;

    @BeforeEach
    void define(@TempDir Path folder) {
        home = PeopleHome.in(folder);
        database = Databases.H2.fresh();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void onesThatArePausedAreNamedByHealthAndCountedAndTheirRunsAreMissed() throws Exception {
        home.write("schedules/resting.yaml", schedule("0 0 2 * * ?", "UTC", "people"));
        try (Server server = server()) {
            assertThat(server.post("operator", "/openidm/scheduler/job/resting?_action=pause", null)
                            .status())
                    .isEqualTo(200);
            Map<?, ?> health = (Map<?, ?>)
                    Json.readObject(management(server, "/actuator/health")).get("components");
            assertThat(health.get("schedules")).extracting("status").isEqualTo("WARNING");
            assertThat(Json.write(health.get("schedules"))).contains("\"paused\":[\"resting\"]");
        }
        // A pause outlives the server.
        try (Server server = server()) {
            assertThat(management(server, "/actuator/prometheus"))
                    .contains("\nrecon_schedules_paused 1.0")
                    .contains("\nrecon_schedule_interval_seconds{mapping=\"people\"} 86400.0")
                    .doesNotContain("\nrecon_schedule_next_timestamp_seconds{");
        }
    }

    @Test
    void oneThatHasFaultsIsToldOfAndShownAndAllOthersFire(CapturedOutput output) throws Exception {
        home.write("schedules/a-zone.yaml", schedule("0 0 2 * * ?", "Europe/Berln", "people"));
        home.write("schedules/b-cron.yaml", schedule("0 0 99 * * ?", "UTC", "people"));
        home.write("schedules/c-mapping.yaml", schedule("0 0 2 * * ?", "UTC", "persons"));
        home.write("schedules/d-no-yaml.yaml", "type: [cron\n");
        home.write("schedules/z-good.yaml", GOOD);
        try (Server server = server()) {
            assertThat(find(server, "z-good").next()).isNotNull();
            assertThat(server.get(Timetable.class).faulty())
                    .containsExactly("a-zone", "b-cron", "c-mapping", "d-no-yaml");
            Map<String, Object> shown =
                    server.get("viewer", "/openidm/scheduler/job/b-cron").json();
            assertThat(shown).containsEntry("origin", "file").containsEntry("nextRunDate", null);
            assertThat((List<?>) shown.get("faults"))
                    .singleElement()
                    .asString()
                    .contains("jobs/schedules/b-cron.yaml:2 /schedule", "0 0 99 * * ?", "required is one such as");
            assertThat(server.get("viewer", "/openidm/scheduler/job?_queryFilter=true")
                            .json()
                            .get("resultCount"))
                    .isEqualTo(5);
            assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/b-cron", Map.of())
                            .status())
                    .isEqualTo(409);
            Map<?, ?> health = (Map<?, ?>)
                    Json.readObject(management(server, "/actuator/health")).get("components");
            assertThat((Map<?, ?>) health.get("schedules")).extracting("status").isEqualTo("WARNING");
            assertThat(management(server, "/actuator/prometheus")).contains("\nrecon_schedules_faulty 4.0");

            // Whatever else changes, what was told is not told again.
            home.write("schedules/y-good.yaml", GOOD);
            until(() -> find(server, "y-good") != null);
            assertThat(output.getErr().split("/schedule  ", -1)).hasSize(2);

            home.write("schedules/b-cron.yaml", GOOD);
            until(() -> find(server, "b-cron") != null && find(server, "b-cron").next() != null);
            assertThat(server.get("viewer", "/openidm/scheduler/job/b-cron").json())
                    .doesNotContainKey("faults");
        }
        assertThat(output.getErr())
                .contains("jobs/schedules/a-zone.yaml:3 /timeZone", "jobs/schedules/c-mapping.yaml:5", "\"persons\"");
    }

    @Test
    void aFiringThatStartedNothingNamesNoRunAndStaysTheLastOneOfAScheduleThatGetsFaults(CapturedOutput output)
            throws Exception {
        String staff = Files.readString(home.file("systems/staff.yaml"));
        String people = Files.readString(home.file("people.yaml"));
        home.write("schedules/z-good.yaml", GOOD);
        try (Server server = server()) {
            Map<String, Object> made = Map.of(
                    "type", "cron",
                    "schedule", "0 0 2 1 1 ?",
                    "invokeService", "sync",
                    "invokeContext", Map.of("action", "reconcile", "mapping", "people"));
            String address = "/openidm/scheduler/job/by-hand";
            assertThat(server.send("admin", "PUT", address, made).status()).isEqualTo(201);
            assertThat(server.send("admin", "PUT", address, Map.of("type", "cron", "schedule", "0 0 99 * * ?"))
                            .json()
                            .get("message"))
                    .asString()
                    .containsOnlyOnce("0 0 99");
            Files.delete(home.file("systems/staff.yaml"));
            Server.Answer triggered = server.post("operator", address + "?_action=trigger", null);
            assertThat(triggered.json())
                    .containsEntry("success", false)
                    .containsEntry("state", "FAILED")
                    .containsEntry("reconId", null);
            Files.delete(home.file("people.yaml"));
            until(() -> server.get("viewer", address).json().containsKey("faults"));
            assertThat((Map<?, ?>) server.get("viewer", address).json().get("lastFiring"))
                    .extracting("state", "reconId")
                    .containsExactly("FAILED", null);
        }
        home.write("systems/staff.yaml", staff);
        home.write("people.yaml", people);
        home.write("schedules/by-hand.yaml", GOOD);
        try (Server server = server()) {
            until(() -> find(server, "by-hand").origin() == ScheduledJob.Origin.FILE);
        }
        assertThat(output.getErr())
                .containsOnlyOnce("The schedule by-hand that was made over REST rests as long as there is"
                        + " jobs/schedules/by-hand.yaml");
    }

    @Test
    void whatAFileSaidBeforeItHadFaultsHoldsOnThroughAStart() throws Exception {
        home.write("schedules/nightly.yaml", GOOD);
        Instant next;
        try (Server server = server()) {
            next = find(server, "nightly").next();
        }
        home.write("schedules/nightly.yaml", schedule("every night", "UTC", "people"));
        try (Server server = server()) {
            assertThat(find(server, "nightly").next()).isEqualTo(next);
            assertThat(find(server, "nightly").origin()).isEqualTo(ScheduledJob.Origin.FILE);
            assertThat(server.get("viewer", "/openidm/scheduler/job/nightly").json())
                    .containsKey("faults");
            Files.delete(home.file("schedules/nightly.yaml"));
            until(() -> find(server, "nightly") == null);
            until(() -> server.get(QuartzJobs.class).document("nightly") == null);
        }
    }

    @Test
    void oneThatQuartzCannotReadKeepsNeitherTheServerNorOthersFromTheirWork(CapturedOutput output) throws Exception {
        home.write("schedules/a-bad.yaml", GOOD);
        try (Server server = server()) {
            assertThat(find(server, "a-bad").next()).isNotNull();
        }
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        jdbc.update("update QRTZ_JOB_DETAILS set JOB_CLASS_NAME = 'gone.Job'");
        home.write("schedules/b-good.yaml", GOOD);
        try (Server server = server()) {
            assertThat(find(server, "b-good").next()).isNotNull();
            assertThat((List<?>) server.get("viewer", "/openidm/scheduler/job/a-bad")
                            .json()
                            .get("faults"))
                    .singleElement()
                    .asString()
                    .contains("Quartz does not take the schedule a-bad", "ClassNotFoundException");
            assertThat(output.getErr()).contains("Quartz does not take the schedule a-bad", "QuartzJobs.java:");

            jdbc.update("update QRTZ_JOB_DETAILS set JOB_CLASS_NAME = ?", FiringJob.class.getName());
            until(() -> server.get(Timetable.class).faulty().isEmpty());
        }
        assertThat(output.getErr().split("Quartz does not take the schedule", -1))
                .hasSize(2);
    }

    @Test
    void oneThatWasMadeOverRestAndLostItsMappingIsToldOfOnceAndCanBeReplacedAndRemoved(CapturedOutput output)
            throws Exception {
        try (Server server = server()) {
            for (String name : List.of("one", "two", "good")) {
                assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/" + name, document("people"))
                                .status())
                        .isEqualTo(201);
            }
            new JdbcTemplate(database.dataSource())
                    .update("update schedule set document = replace(document, 'people', 'persons') where"
                            + " schedule_name <> 'good'");
            assertThat(server.get(Timetable.class).faulty()).containsExactly("one", "two");
            Server.Answer shown = server.get("viewer", "/openidm/scheduler/job/one");
            assertThat(shown.json()).containsEntry("schedule", "0 0 2 1 1 ?").containsEntry("origin", "database");
            assertThat(shown.body()).contains("\\\"persons\\\" is no mapping");
            assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/one", document("people"))
                            .status())
                    .isEqualTo(200);
            assertThat(find(server, "one").next()).isNotNull();
            assertThat(server.send("admin", "DELETE", "/openidm/scheduler/job/two", null)
                            .status())
                    .isEqualTo(200);
            assertThat(server.get(Timetable.class).faulty()).isEmpty();
            assertThat(find(server, "good").next()).isNotNull();
        }
        assertThat(output.getErr().split("schedule two", -1)).hasSize(2);
    }

    @Test
    void oneThatWasMadeOverRestIsKnownFromTheStartOn(CapturedOutput output) throws Exception {
        try (Server server = server()) {
            assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/nightly", document("people"))
                            .status())
                    .isEqualTo(201);
        }
        int before = output.getErr().length();
        try (Server server = server()) {
            assertThat(find(server, "nightly").next()).isNotNull();
        }
        assertThat(output.getErr().substring(before).lines())
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("nightly"));
    }

    @Test
    void whatQuartzCannotKeepIsNotKeptAtAll() {
        try (Server server = server()) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            jdbc.execute(
                    "alter table QRTZ_CRON_TRIGGERS add constraint no_more check (CRON_EXPRESSION <> '0 0 2 1 1 ?')");
            assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/nightly", document("people"))
                            .status())
                    .isGreaterThanOrEqualTo(500);
            assertThat(jdbc.queryForList("select schedule_name from schedule")).isEmpty();
            assertThat(jdbc.queryForList("select JOB_NAME from QRTZ_JOB_DETAILS"))
                    .isEmpty();
            assertThat(jdbc.queryForList("select event from audit_entry where event = 'schedule.created'"))
                    .isEmpty();
        }
    }

    private static Map<String, Object> document(String mapping) {
        return Map.of(
                "type",
                "cron",
                "schedule",
                "0 0 2 1 1 ?",
                "invokeService",
                "sync",
                "invokeContext",
                Map.of("action", "reconcile", "mapping", mapping));
    }

    private static String schedule(String cron, String zone, String mapping) {
        return """
                type: cron
                schedule: %s
                timeZone: %s
                invokeService: sync
                invokeContext: {action: reconcile, mapping: %s}
                """.formatted(cron, zone, mapping);
    }

    private Server server() {
        return Server.open(home.folder(), database, "concord.schedules.look=100ms", "concord.telemetry.freshness=0ms");
    }

    private static ScheduledJob find(Server server, String name) {
        return server.get(Schedules.class).find(name).orElse(null);
    }

    private static String management(Server server, String path) {
        return server.send(HttpRequest.newBuilder(server.management(path)).build())
                .body();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("a minute's patience").isBefore(end);
            Thread.sleep(50);
        }
    }
}
