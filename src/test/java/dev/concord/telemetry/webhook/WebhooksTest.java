package dev.concord.telemetry.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.run.Approvals;
import dev.concord.run.Home;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhooks, from the run to a receiver that is not always well. */
@ExtendWith(OutputCaptureExtension.class)
class WebhooksTest {

    private static final Postman.Manners MANNERS =
            new Postman.Manners(Duration.ofSeconds(20), Duration.ofSeconds(5), 4);

    @TempDir
    Path folder;

    private final List<Received> received = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final HandTurned clock = new HandTurned();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HttpServer receiver;
    private TestDatabase database;

    private record Received(Map<String, String> headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        write("key", "correct horse battery staple\n");
        write("jobs/data/people.csv", "number,name\n1,Adalovelace\n2,Bea\n");
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  name: {type: string}
                """);
        write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: managed/account
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        write("jobs/webhooks/chat.yaml", """
                url: http://127.0.0.1:%d/hook
                secret: ${file:%s}
                mappings: [people]
                """.formatted(receiver.getAddress().getPort(), folder.resolve("key")));
        database = Databases.H2.fresh();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        database.close();
    }

    @Test
    void aReceiverThatFailsTwiceGetsTheEventInTheEndSignedAndUnderOneId() throws Exception {
        try (House house = House.open(folder, database)) {
            house.run("people", "the-run");
            Postman postman = postman(house);
            answers.addAll(List.of(200, 500, 503));
            round(postman);
            assertThat(types()).containsExactly("dev.concord.run.started", "dev.concord.run.ended");

            round(postman);
            assertThat(received).as("before the pause is over").hasSize(2);
            clock.turn(Duration.ofSeconds(6));
            round(postman);
            assertThat(received).hasSize(3);
            clock.turn(Duration.ofSeconds(6));
            round(postman);
            assertThat(received).as("the second pause is twice as long").hasSize(3);
            clock.turn(Duration.ofSeconds(6));
            round(postman);
            assertThat(received).hasSize(4);
            assertThat(rows(house)).isEmpty();

            List<Received> ended = received.subList(1, 4);
            assertThat(ended)
                    .extracting(each -> each.headers().get("webhook-id"))
                    .containsOnly(id(ended.getFirst()));
            assertThat(ended)
                    .extracting(Received::body)
                    .containsOnly(ended.getFirst().body());
            for (Received each : received) {
                assertThat(each.headers().get("webhook-signature")).isEqualTo(signature(each));
                assertThat(each.headers().get("content-type")).startsWith("application/cloudevents+json");
                assertThat(each.body()).doesNotContain("Adalovelace");
            }
            assertThat(withoutTimes(ended.getFirst().body())).isEqualTo(golden());
            assertThat(meters.counter("recon.webhook.deliveries", "outcome", "delivered")
                            .count())
                    .isEqualTo(2);
            assertThat(meters.counter("recon.webhook.deliveries", "outcome", "failed")
                            .count())
                    .isEqualTo(2);
            assertThat(meters.getMeters())
                    .allSatisfy(meter ->
                            assertThat(meter.getId().getDescription()).startsWith("Attempts to deliver events"));
        }
    }

    @Test
    void anEventThatNobodyTakesIsGivenUpAndKept() throws Exception {
        receiver.stop(0);
        try (House house = House.open(folder, database)) {
            house.run("people", "the-run");
            Postman postman = postman(house);
            for (int i = 0; i < 6; i++) {
                round(postman);
                clock.turn(Duration.ofHours(2));
            }
            assertThat(rows(house))
                    .hasSize(2)
                    .allSatisfy(row ->
                            assertThat(row).containsEntry("state", "DEAD").containsEntry("attempts", 4));
            assertThat(meters.counter("recon.webhook.deliveries", "outcome", "dead")
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void aServerThatDiesDuringAnAttemptLeavesTheEventToTheNextOne() throws Exception {
        try (House house = House.open(folder, database)) {
            house.run("people", "the-run");
            Outbox outbox = house.get(Outbox.class);
            for (Delivery delivery : outbox.due("chat", 10)) {
                assertThat(outbox.claim(delivery, clock.instant().plusSeconds(60)))
                        .isTrue();
                assertThat(outbox.claim(delivery, clock.instant().plusSeconds(60)))
                        .as("another server")
                        .isFalse();
            }
            Postman postman = postman(house);
            round(postman);
            assertThat(received).isEmpty();
            clock.turn(Duration.ofSeconds(61));
            round(postman);
            assertThat(types()).containsExactly("dev.concord.run.started", "dev.concord.run.ended");
        }
    }

    @Test
    void whatIsNotCommittedIsNotTold() {
        try (House house = House.open(folder, database)) {
            TransactionTemplate transaction = new TransactionTemplate(house.get(PlatformTransactionManager.class));
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        Runs runs = house.get(Runs.class);
                        runs.create(new Runs.NewRun(
                                "undone",
                                "people",
                                "people",
                                RunKind.FULL,
                                false,
                                Map.of(),
                                Map.of(),
                                "",
                                0,
                                Instant.EPOCH));
                        assertThat(rows(house)).hasSize(1);
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            assertThat(rows(house)).isEmpty();
        }
    }

    @Test
    void whatWaitsForApprovalIsToldWithNumbersAndWhatWasDecidedWithoutNames() throws Exception {
        write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: managed/account
                thresholds: {deletes: 0, sourceShrink: 100%}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        write("jobs/webhooks/chat.yaml", """
                url: http://127.0.0.1:%d/hook
                secret: ${file:%s}
                events: [run.waiting, run.approved, run.denied]
                """.formatted(receiver.getAddress().getPort(), folder.resolve("key")));
        try (House house = House.open(folder, database)) {
            house.run("people", "first");
            write("jobs/data/people.csv", "number,name\n1,Adalovelace\n");
            house.run("people", "second");
            house.get(Approvals.class).deny("second", House.ACTOR, "Bea is still here");
            house.run("people", "third");
            house.get(Approvals.class).approve("third", House.ACTOR, "Bea has left", RunListener.NONE);
            round(postman(house));
            assertThat(types())
                    .containsExactlyInAnyOrder(
                            "dev.concord.run.waiting",
                            "dev.concord.run.denied",
                            "dev.concord.run.waiting",
                            "dev.concord.run.approved");
            assertThat(received).allSatisfy(each -> {
                assertThat(each.body()).contains("\"guard\":\"deletes\"").doesNotContain("Bea", "\"ann\"");
                assertThat(each.headers().get("webhook-signature")).isEqualTo(signature(each));
            });
        }
    }

    @Test
    void otherMappingsAndEventsAreNotTold() throws Exception {
        write("jobs/webhooks/chat.yaml", """
                url: http://127.0.0.1:%d/hook
                secret: ${file:%s}
                events: [run.started]
                """.formatted(receiver.getAddress().getPort(), folder.resolve("key")));
        try (House house = House.open(folder, database)) {
            house.run("people", "the-run");
            round(postman(house));
            assertThat(types()).containsExactly("dev.concord.run.started");
        }
    }

    @Test
    void aSlowReceiverHoldsUpNoOther() throws Exception {
        CountDownLatch fast = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        other.setExecutor(threads);
        other.createContext("/slow", exchange -> {
            slow.countDown();
            awaitQuietly(over);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        other.createContext("/fast", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            fast.countDown();
        });
        other.start();
        Files.delete(folder.resolve("jobs/webhooks/chat.yaml"));
        hook("slow", other);
        try (House house = House.open(folder, database)) {
            house.run("people", "first");
            Postman postman = postman(house);
            postman.round();
            assertThat(slow.await(15, TimeUnit.SECONDS)).isTrue();
            hook("fast", other);
            house.run("people", "second");
            clock.turn(Duration.ofSeconds(1));
            postman.round();
            assertThat(fast.await(15, TimeUnit.SECONDS))
                    .as("while the slow one is held")
                    .isTrue();
            assertThat(meters.counter("recon.webhook.deliveries", "outcome", "failed")
                            .count())
                    .as("the slow one has not been given up first")
                    .isZero();
            over.countDown();
            postman.settle(Duration.ofSeconds(30));
        } finally {
            over.countDown();
            other.stop(0);
            threads.close();
        }
    }

    @Test
    void eventsWaitForAFileThatHasFaultsAndWhatItWantsIsDeliveredWhenItIsMended(CapturedOutput output)
            throws Exception {
        String good = Files.readString(folder.resolve("jobs/webhooks/chat.yaml"));
        write("jobs/webhooks/chat.yaml", good.replaceAll("secret: .*", "secret: in-clear"));
        try (House house = House.open(folder, database)) {
            house.run("people", "the-run");
            Postman postman = postman(house);
            WebhookFiles files = new WebhookFiles(house.get(Home.class).jobs());
            assertThat(new WebhookHealth(files).health().getDetails()).containsEntry("faulty", Set.of("chat"));
            for (int i = 0; i < 3; i++) {
                round(postman);
                clock.turn(Duration.ofHours(2));
            }
            assertThat(received).isEmpty();
            assertThat(rows(house)).hasSize(2).extracting("attempts").containsOnly(0);
            assertThat(output.getErr())
                    .containsOnlyOnce("Webhook chat is told of nothing until its file is mended; its events wait.")
                    .contains("jobs/webhooks/chat.yaml:2")
                    .doesNotContain("in-clear");

            write("jobs/webhooks/chat.yaml", good + "events: [run.ended]\n");
            round(postman);
            assertThat(types()).containsExactly("dev.concord.run.ended");
            assertThat(rows(house)).isEmpty();
            assertThat(new WebhookHealth(files).health().getDetails()).doesNotContainKey("faulty");
        }
    }

    private void hook(String name, HttpServer server) throws IOException {
        write("jobs/webhooks/" + name + ".yaml", """
                url: http://127.0.0.1:%d/%s
                secret: ${file:%s}
                """.formatted(
                        server.getAddress().getPort(), name, folder.resolve("key")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void round(Postman postman) throws InterruptedException {
        postman.round();
        postman.settle(Duration.ofSeconds(60));
    }

    private Postman postman(House house) {
        // The house writes by the real clock.
        clock.turn(Duration.ofSeconds(1));
        JdbcTemplate jdbc = house.get(JdbcTemplate.class);
        Path jobs = house.get(Home.class).jobs();
        return new Postman(new Outbox(jobs, jdbc, clock), new WebhookFiles(jobs), clock, MANNERS, meters);
    }

    private static List<Map<String, Object>> rows(House house) {
        return house.get(JdbcTemplate.class).queryForList("select * from webhook_outbox");
    }

    private void receive(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
        synchronized (received) {
            received.add(
                    new Received(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.removeFirst(), -1);
        }
        exchange.close();
    }

    private List<Object> types() {
        return received.stream()
                .map(each -> Json.readObject(each.body()).get("type"))
                .toList();
    }

    private static String id(Received each) {
        return String.valueOf(Json.readObject(each.body()).get("id"));
    }

    /** As a receiver checks it. */
    private static String signature(Received each) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("correct horse battery staple".getBytes(UTF_8), "HmacSHA256"));
        String signed =
                each.headers().get("webhook-id") + "." + each.headers().get("webhook-timestamp") + "." + each.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static Map<String, Object> golden() throws IOException {
        return Json.readObject(Files.readString(Path.of("src/test/resources/golden/webhooks/ended.json")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> withoutTimes(String body) {
        Map<String, Object> json = new LinkedHashMap<>(Json.readObject(body));
        Map<String, Object> data = new LinkedHashMap<>((Map<String, Object>) json.get("data"));
        json.put("id", "*");
        json.put("time", "*");
        data.put("started", "*");
        data.put("ended", "*");
        json.put("data", data);
        return json;
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    /** Starts at the time it is, because the product's own clock writes the first times. */
    private static final class HandTurned extends Clock {

        private Instant now = Instant.now().plusSeconds(300);

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
