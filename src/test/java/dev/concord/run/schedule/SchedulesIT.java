package dev.concord.run.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.run.Timetable;
import dev.concord.testing.Databases;
import dev.concord.testing.GoldenDocument;
import dev.concord.testing.House;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Schedules of a server, from their files to the runs that they start. */
class SchedulesIT {

    private static final String LATER = "0 0 2 1 1 ?";

    private static Path jobs;
    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        jobs = home.resolve("jobs");
        write("data/people.csv", "number,name\n1,Ada\n2,Bea\n");
        write("systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        for (String type : List.of("account", "badge", "card")) {
            write("managed/" + type + ".yaml", """
                    name: %s
                    attributes:
                      name: {type: string}
                    """.formatted(type));
        }
        mapping("accounts", "account", "");
        mapping("badges", "badge", "syncAfter: [accounts]\n");
        mapping("cards", "card", "");
        database = Databases.H2.fresh();
        server = Server.open(home, database, "concord.schedules.look=100ms", "concord.schedules.recover=300ms");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void aFileThatComesChangesAndGoesIsHeededWithoutARestart() throws Exception {
        schedule("nightly-cards", "cards", LATER, "");
        until(() -> find("nightly-cards") != null && find("nightly-cards").next() != null);
        Instant next = find("nightly-cards").next();
        assertThat(server.get(Timetable.class).lines())
                .filteredOn(due -> due.mapping().equals("cards"))
                .singleElement()
                .satisfies(due -> {
                    assertThat(due.next()).isEqualTo(next);
                    assertThat(due.interval()).isGreaterThanOrEqualTo(Duration.ofDays(365));
                });

        schedule("nightly-cards", "cards", "0 0 3 1 1 ?", "");
        until(() -> !next.equals(find("nightly-cards").next()));
        assertThat(find("nightly-cards").next()).isEqualTo(next.plus(Duration.ofHours(1)));

        schedule("nightly-cards", "cards", "0 0 99 1 1 ?", "");
        Instant kept = find("nightly-cards").next();
        schedule("other-cards", "cards", LATER, "");
        until(() -> find("other-cards") != null && find("other-cards").next() != null);
        assertThat(find("nightly-cards").next())
                .as("what a file said before it was broken")
                .isEqualTo(kept);

        Files.delete(jobs.resolve("schedules/nightly-cards.yaml"));
        schedule("other-cards", "cards", LATER, "enabled: false\n");
        until(() -> find("nightly-cards") == null && find("other-cards").next() == null);
        assertThat(server.get(Timetable.class).lines())
                .noneMatch(due -> due.mapping().equals("cards"));
        Files.delete(jobs.resolve("schedules/other-cards.yaml"));
    }

    @Test
    void aMappingCanBeScheduledAtOnceWhenItHasBeenWritten() throws Exception {
        for (int i = 0; i < 5; i++) {
            mapping("fresh" + i, "card", "");
            Map<String, Object> sent = golden("job.json");
            sent.put("_id", "of-fresh" + i);
            sent.put("invokeContext", Map.of("action", "reconcile", "mapping", "fresh" + i));
            Server.Answer made = server.post("admin", "/openidm/scheduler/job?_action=create", sent);
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            assertThat(made.json()).doesNotContainKey("faults");
            assertThat(server.send("admin", "DELETE", "/openidm/scheduler/job/of-fresh" + i, null)
                            .status())
                    .isEqualTo(200);
            Files.delete(jobs.resolve("fresh" + i + ".yaml"));
        }
    }

    @Test
    void mappingsThatAreDueAtTheSameMomentRunInTheirOrder() throws Exception {
        // The one that runs after has the name that Quartz comes to first.
        String soon = cron(Instant.now().plusSeconds(4));
        schedule("a-badges", "badges", soon, "");
        schedule("z-accounts", "accounts", soon, "");
        until(() -> !runs("badges").isEmpty() && ended(runs("badges").getFirst()));
        Run badges = runs("badges").getFirst();
        Run accounts = runs("accounts").getLast();
        assertThat(badges.state()).as(badges.message()).isEqualTo(RunState.SUCCESS);
        assertThat(badges.started()).isAfterOrEqualTo(accounts.ended());
        Files.delete(jobs.resolve("schedules/a-badges.yaml"));
        Files.delete(jobs.resolve("schedules/z-accounts.yaml"));
    }

    @Test
    void aFiringWhileARunIsAtWorkIsSkippedAndTellsWhichOneThatIs() throws Exception {
        mapping("cards", "card", "onCreate: for (let i = 0; i < 300000; i++) {}\n");
        schedule("skipped-cards", "cards", LATER, "");
        until(() -> find("skipped-cards") != null);
        ScheduledJob job = find("skipped-cards");
        Firing first = server.get(Schedules.class).trigger(job, House.ACTOR);
        assertThat(first.state()).isEqualTo(Firing.State.STARTED);
        Firing second = server.get(Schedules.class).trigger(job, House.ACTOR);
        if (second.state() == Firing.State.SKIPPED) {
            assertThat(second.reason()).contains(first.runId());
        } else {
            assertThat(run(second.runId()).started())
                    .isAfterOrEqualTo(run(first.runId()).ended());
        }
        assertThat(Json.read(server.post("viewer", "/openidm/scheduler/job?_action=listCurrentlyExecutingJobs", null)
                        .body()))
                .isInstanceOf(List.class);
        until(() -> ended(run(first.runId())));
        assertThat(server.get(Schedules.class).trigger(job, House.ACTOR).state())
                .isEqualTo(Firing.State.STARTED);
        until(() -> runs("cards").stream().allMatch(SchedulesIT::ended));
    }

    @Test
    void aTimeCountsOnceHoweverOftenItIsTold() throws Exception {
        schedule("twice-accounts", "accounts", LATER, "");
        until(() -> find("twice-accounts") != null);
        Instant due = Instant.parse("2026-01-01T02:00:00Z");
        server.get(Schedules.class).fired("twice-accounts", due);
        server.get(Schedules.class).fired("twice-accounts", due);
        assertThat(server.get(Firings.class).newest("twice-accounts", 5)).hasSize(1);
        until(() -> ended(run(
                server.get(Firings.class).newest("twice-accounts", 1).getFirst().runId())));
    }

    @Test
    void whatFailedInARunIsShownToWaitAndIsVisitedAgainWhenItIsDue() throws Exception {
        write("managed/label.yaml", "name: label\nattributes:\n  name: {type: string}\n");
        mapping("labels", "label", "validSource: \"throw 'broken'\"\nretryFailed: {attempts: 1, delay: 1000m}\n");
        Server.Answer answer =
                server.post("operator", "/openidm/recon?_action=recon&mapping=labels&waitForCompletion=true", null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Run first = runs("labels").getFirst();
        Map<String, Object> shown =
                server.get("viewer", "/openidm/recon/" + first.id()).json();
        assertThat((Map<?, ?>) shown.get("waitingRetry"))
                .extracting("attempt", "attempts")
                .containsExactly(1, 1);

        // Written down by one server, and due while another one is there.
        server.get(JdbcTemplate.class).update("update waiting_retry set due_at = timestamp '2020-01-01 00:00:00'");
        until(() -> runs("labels").size() == 2 && ended(runs("labels").getFirst()));
        assertThat(runs("labels").getFirst().parameters())
                .containsEntry("retryOf", first.id())
                .containsEntry("attempt", 1);
        assertThat(server.get("viewer", "/openidm/recon/" + first.id()).json()).doesNotContainKey("waitingRetry");
    }

    @Test
    void aMappingThatCannotRunFailsItsFiringAndNothingElse() throws Exception {
        mapping("broken", "badge", "");
        schedule("broken", "broken", LATER, "");
        until(() -> find("broken") != null);
        ScheduledJob job = find("broken");
        Files.delete(jobs.resolve("broken.yaml"));
        assertThat(server.get(Schedules.class).trigger(job, House.ACTOR))
                .satisfies(firing -> assertThat(firing.state()).isEqualTo(Firing.State.FAILED))
                .satisfies(firing -> assertThat(firing.reason()).contains("There is no mapping broken"));
        Files.delete(jobs.resolve("schedules/broken.yaml"));
    }

    @Test
    void schedulesAreMadeReadChangedAndRemovedOverRest() throws Exception {
        Map<String, Object> sent = golden("job.json");
        sent.put("invokeService", "org.forgerock.openidm.sync");

        Server.Answer made = server.post("admin", "/openidm/scheduler/job?_action=create", sent);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertLike("job", made);
        assertThat((String) made.json().get("nextRunDate")).matches("20\\d\\d-01-01T02:00:00\\.000Z");
        assertThat(server.get("viewer", "/openidm/scheduler/job/nightly").json())
                .isEqualTo(made.json());
        assertLike(
                "query", server.get("viewer", "/openidm/scheduler/job?_fields=_id&_queryFilter=_id+eq+%22nightly%22"));
        assertThat(server.post("admin", "/openidm/scheduler/job", sent).status())
                .isEqualTo(412);

        String trigger = "/openidm/scheduler/trigger/scheduler-service-group.trigger-nightly";
        assertLike("trigger", server.get("viewer", trigger));
        assertLike(
                "triggers",
                server.get("viewer", "/openidm/scheduler/trigger?_queryFilter=!(nodeId+pr)+and+name+ew+%22nightly%22"));
        assertThat(server.get("viewer", "/openidm/scheduler/job/nightly?_fields=type")
                        .json())
                .isEqualTo(Map.of("_id", "nightly", "_rev", made.json().get("_rev"), "type", "cron"));
        assertThat(server.get("viewer", trigger + "?_fields=state").json()).containsOnlyKeys("_id", "_rev", "state");
        assertThat(List.of(server.get("viewer", trigger).json()))
                .as("times are those of the schedule, in milliseconds")
                .isEqualTo(made.json().get("triggers"))
                .extracting("serialized")
                .extracting("nextFireTime")
                .containsExactly(
                        Instant.parse((String) made.json().get("nextRunDate")).toEpochMilli());

        assertLike("done", server.post("operator", "/openidm/scheduler/job/nightly?_action=pause", null));
        assertThat(server.get("viewer", trigger).json()).containsEntry("state", "PAUSED");
        assertLike("done", server.post("operator", "/openidm/scheduler/job/nightly?_action=resume", null));
        assertThat(server.get("viewer", trigger).json()).containsEntry("state", "NORMAL");

        sent.put("enabled", false);
        Server.Answer changed = server.send("admin", "PUT", "/openidm/scheduler/job/nightly", sent);
        assertThat(changed.status()).isEqualTo(200);
        assertLike("disabled", changed);
        assertLike("missing", server.get("viewer", trigger));

        mapping("cards", "card", "onCreate: for (let i = 0; i < 300000; i++) {}\n");
        Server.Answer triggered = server.post("operator", "/openidm/scheduler/job/nightly?_action=trigger", null);
        assertLike("triggered", triggered);
        String run = (String) triggered.json().get("reconId");
        Server.Answer executing =
                server.post("viewer", "/openidm/scheduler/job?_action=listCurrentlyExecutingJobs", null);
        if (!executing.body().equals("[]")) {
            assertLike("executing", executing);
        }
        until(() -> ended(run(run)));
        assertThat(run(run).mapping()).isEqualTo("cards");

        assertThat(server.send("admin", "DELETE", "/openidm/scheduler/job/nightly", null)
                        .status())
                .isEqualTo(200);
        Server.Answer gone = server.get("viewer", "/openidm/scheduler/job/nightly");
        assertThat(gone.status()).isEqualTo(404);
        assertLike("missing", gone);
        assertThat(gone.json()).containsEntry("message", "There is no schedule nightly.");
    }

    @Test
    void aScheduleIsChangedOnlyInTheRevisionThatWasRead() throws Exception {
        String place = "/openidm/scheduler/job/revised";
        Map<String, Object> sent = golden("job.json");
        assertThat(server.send("admin", "PUT", place, sent, "If-Match", "*").status())
                .isEqualTo(412);
        Server.Answer made = server.send("admin", "PUT", place, sent, "If-None-Match", "*");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(server.send("admin", "PUT", place, sent, "If-None-Match", "*")
                        .status())
                .isEqualTo(412);
        Server.Answer read = server.get("viewer", place);
        String first = (String) read.json().get("_rev");
        assertThat(read.headers().get("etag")).containsExactly('"' + first + '"');

        sent.put("schedule", "0 0 3 1 1 ?");
        Server.Answer changed = server.send("admin", "PUT", place, sent, "If-Match", '"' + first + '"');
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json()).doesNotContainEntry("_rev", first);
        sent.put("schedule", "0 0 4 1 1 ?");
        Server.Answer late = server.send("admin", "PUT", place, sent, "If-Match", first);
        assertThat(late.status()).isEqualTo(412);
        assertThat((String) late.json().get("message")).contains("not in that revision any more");
        assertThat(server.get("viewer", place).json()).containsEntry("schedule", "0 0 3 1 1 ?");

        assertThat(server.send("admin", "PUT", place, sent, "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(server.send("admin", "PUT", place, sent).status()).isEqualTo(200);
        assertThat(server.send("admin", "DELETE", place, null, "If-Match", first)
                        .status())
                .isEqualTo(412);
        String last = (String) server.get("viewer", place).json().get("_rev");
        assertThat(server.send("admin", "DELETE", place, null, "If-Match", last).status())
                .isEqualTo(200);
        assertThat(server.get("viewer", place).status()).isEqualTo(404);
    }

    @Test
    void aScheduleInEqualIntervalsHasATriggerOfItsOwnKind() throws Exception {
        Server.Answer made = server.send("admin", "PUT", "/openidm/scheduler/job/hourly", golden("simple.json"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertLike("simple", made);
        server.send("admin", "DELETE", "/openidm/scheduler/job/hourly", null);
    }

    @Test
    void whatRestCannotDoIsToldPlainly() throws Exception {
        schedule("of-a-file", "cards", LATER, "");
        until(() -> find("of-a-file") != null);
        Server.Answer refused = server.send("admin", "DELETE", "/openidm/scheduler/job/of-a-file", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat((String) refused.json().get("message")).contains("jobs/schedules/of-a-file.yaml");

        Map<String, Object> bad = golden("job.json");
        bad.put("schedule", "0 0 25 * * ?");
        bad.put("timeZone", "Europe/Berln");
        Server.Answer faulty = server.send("admin", "PUT", "/openidm/scheduler/job/bad", bad);
        assertThat(faulty.status()).isEqualTo(400);
        assertThat((String) faulty.json().get("message"))
                .contains("/schedule", "Hour values must be between 0 and 23", "/timeZone", "Europe/Berlin");

        for (String place : List.of("/openidm/scheduler", "/openidm/scheduler/job")) {
            String check = place + "?_action=validateQuartzCronExpression";
            assertLike("valid", server.post("viewer", check, Map.of("cronExpression", "0 0/5 * * * ?")));
            assertLike("invalid", server.post("viewer", check, Map.of("cronExpression", "every night")));
        }
        assertThat(server.post("viewer", "/openidm/scheduler/job/of-a-file?_action=trigger", null)
                        .status())
                .isEqualTo(403);
        assertThat(server.post("operator", "/openidm/scheduler/job", golden("job.json"))
                        .status())
                .isEqualTo(403);
        Files.delete(jobs.resolve("schedules/of-a-file.yaml"));
    }

    @Test
    void whatNeverFiresIsRefusedOverRestAndShownAsFinishedWhereAFileHasIt() throws Exception {
        Map<String, Object> over = golden("job.json");
        over.put("endTime", "2020-01-01T00:00:00Z");
        Server.Answer refused = server.send("admin", "PUT", "/openidm/scheduler/job/over", over);
        assertThat(refused.status()).isEqualTo(400);
        assertThat((String) refused.json().get("message"))
                .contains("never fires", "endTime 2020-01-01T00:00:00Z lies in the past", "enabled: false");
        over.put("enabled", false);
        assertThat(server.send("admin", "PUT", "/openidm/scheduler/job/over", over)
                        .status())
                .isEqualTo(201);
        assertThat(server.get("viewer", "/openidm/scheduler/job/over").json()).doesNotContainKey("finished");
        server.send("admin", "DELETE", "/openidm/scheduler/job/over", null);

        schedule("over", "cards", LATER, "endTime: 2020-01-01T00:00:00Z\n");
        until(() -> find("over") != null && find("over").finished());
        assertThat(server.get("viewer", "/openidm/scheduler/job/over").json())
                .containsEntry("finished", true)
                .containsEntry("nextRunDate", null);
        Files.delete(jobs.resolve("schedules/over.yaml"));

        Map<String, Object> far = golden("simple.json");
        far.put("startTime", "+999999999-01-01T00:00:00Z");
        Server.Answer tooFar = server.send("admin", "PUT", "/openidm/scheduler/job/far", far);
        assertThat(tooFar.status()).as(tooFar.body()).isEqualTo(400);
        assertThat((String) tooFar.json().get("message")).contains("further away than can be counted");

        Map<String, Object> hasty = golden("simple.json");
        hasty.put("repeatInterval", 1);
        Server.Answer tooShort = server.send("admin", "PUT", "/openidm/scheduler/job/hasty", hasty);
        assertThat(tooShort.status()).isEqualTo(400);
        assertThat((String) tooShort.json().get("message"))
                .contains("/repeatInterval", "1 milliseconds are too short an interval; at least 1000");
    }

    @Test
    void allJobsPauseAndGoOn() throws Exception {
        schedule("pausing", "cards", LATER, "");
        until(() -> find("pausing") != null && find("pausing").next() != null);
        assertLike("done", server.post("operator", "/openidm/scheduler/job?_action=pauseJobs", null));
        assertThat(find("pausing").state()).hasToString("PAUSED");
        assertThat(server.get(Timetable.class).paused()).contains("pausing");
        assertThat(server.get(Timetable.class).lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.next()).isNull();
            assertThat(line.interval()).isPositive();
        });
        assertLike("done", server.post("operator", "/openidm/scheduler/job?_action=resumeJobs", null));
        assertThat(find("pausing").state()).hasToString("NORMAL");
        assertThat(server.get(Timetable.class).paused()).isEmpty();
        Files.delete(jobs.resolve("schedules/pausing.yaml"));
    }

    private static void assertLike(String golden, Server.Answer answer) {
        assertThat(GoldenDocument.of("scheduler/" + golden).differences(Json.read(answer.body())))
                .as(golden)
                .isEmpty();
    }

    private static ScheduledJob find(String name) {
        return server.get(Schedules.class).find(name).orElse(null);
    }

    private static Map<String, Object> golden(String name) throws IOException {
        return Json.readObject(Files.readString(Path.of("src/test/resources/golden/scheduler", name)));
    }

    private static List<Run> runs(String mapping) {
        return server.get(Runs.class).newest(mapping, 10);
    }

    private static Run run(String id) {
        return server.get(Runs.class).find(id).orElseThrow();
    }

    private static boolean ended(Run run) {
        return run.ended() != null;
    }

    private static String cron(Instant at) {
        return DateTimeFormatter.ofPattern("s m H d M '?' yyyy")
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("a minute's patience").isBefore(end);
            Thread.sleep(50);
        }
    }

    private static void schedule(String name, String mapping, String cron, String more) throws IOException {
        write("schedules/" + name + ".yaml", """
                type: cron
                schedule: %s
                timeZone: UTC
                invokeService: sync
                invokeContext: {action: reconcile, mapping: %s}
                """.formatted(cron, mapping) + more);
    }

    private static void mapping(String name, String target, String more) throws IOException {
        write(name + ".yaml", """
                name: %s
                source: system/staff/person
                target: managed/%s
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """.formatted(name, target) + more);
    }

    private static void write(String path, String text) throws IOException {
        Path file = jobs.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
