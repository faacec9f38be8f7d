package dev.concord.api.openidm;

import static dev.concord.api.openidm.RestHouse.GATE;
import static dev.concord.api.openidm.RestHouse.LISTENERS;
import static dev.concord.api.openidm.RestHouse.RECON;
import static dev.concord.api.openidm.RestHouse.assertLike;
import static dev.concord.api.openidm.RestHouse.entries;
import static dev.concord.api.openidm.RestHouse.ok;
import static dev.concord.api.openidm.RestHouse.server;
import static dev.concord.api.openidm.RestHouse.started;
import static dev.concord.api.openidm.RestHouse.waited;
import static dev.concord.api.openidm.RestHouse.whenEnded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Clients;
import dev.concord.testing.Server;
import dev.concord.testing.Server.Answer;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Watching runs while they work, with others who do the same. */
interface WatchingOverRest {

    @Test
    default void aRunIsWatchedWhileItWorksAndGoesOnAfterItWasStopped() throws Exception {
        GATE.shut();
        String run = started(RECON);
        HttpRequest listen = HttpRequest.newBuilder(server.address("/api/runs/" + run + "/events"))
                .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines =
                        client.send(listen, BodyHandlers.ofLines()).body()) {
            Iterator<String> told = lines.iterator();
            assertThat(told.next()).isEqualTo("event: run");
            assertThat(Json.readObject(told.next().substring("data: ".length())))
                    .containsEntry("_id", run)
                    .containsEntry("state", "ACTIVE")
                    .containsEntry("workedOn", true);
            ok(server.post("operator", "/openidm/recon/" + run + "?_action=cancel", null));
            GATE.open();
            String last = "";
            while (told.hasNext()) {
                String line = told.next();
                last = line.isEmpty() ? last : line;
            }
            assertThat(Json.readObject(last.substring("data: ".length()))).containsEntry("state", "CANCELED");
        }
        assertThat(ok(server.post("operator", "/api/runs/" + run + "/restart", null)))
                .containsEntry("_id", run);
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        assertThat(server.post("operator", "/api/runs/" + run + "/restart", null)
                        .status())
                .isEqualTo(409);
        assertThat(server.post("operator", "/api/runs/" + run + "/recover", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    default void noMoreListenThanMayAndAPlaceIsFreeAgainWhenSomebodyLeaves() throws Exception {
        GATE.shut();
        String run = started(RECON);
        GATE.awaitSomebody();
        String events = "/api/runs/" + run + "/events";
        HttpRequest listen = HttpRequest.newBuilder(server.address(events))
                .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                .build();
        List<InputStream> listening = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < LISTENERS; i++) {
                InputStream told =
                        client.send(listen, BodyHandlers.ofInputStream()).body();
                assertThat(told.read()).isEqualTo('e');
                listening.add(told);
            }
            Answer refused = server.get("viewer", events);
            assertThat(refused.status()).isEqualTo(503);
            assertLike("runs/problem", refused.json());
            assertThat(refused.body()).contains("concord.events.listeners", "/openidm/recon/" + run);

            GATE.open();
            for (InputStream told : listening) {
                assertThat(new String(told.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("event: end");
            }
        }
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        assertThat(server.get("viewer", events).body()).startsWith("event: end");
    }

    @Test
    default void twoHundredClientsAreAnsweredWhileARunWorks() throws Exception {
        String ended = waited(RECON + "&analyze=true", null);
        GATE.shut();
        String run = started(RECON);
        GATE.awaitSomebody();
        Clients clients = Clients.asking(
                List.of(
                        asking("status", 100, "/openidm/recon/" + run),
                        asking("entries", 30, entries(ended, "status eq \"SUCCESS\"")),
                        asking("runs", 20, "/openidm/recon?_pageSize=10"),
                        asking("query", 30, "/openidm/managed/account?_queryFilter=mail+eq+%223@example.com%22"),
                        asking("mappings", 10, "/openidm/sync/mappings?_queryFilter=true"),
                        new Clients.Question("meters", 10, () -> server.management("/actuator/prometheus"))),
                Duration.ofSeconds(1),
                "X-OpenIDM-Username",
                "auditor",
                "X-OpenIDM-Password",
                Server.PASSWORD);
        Thread.sleep(1_500);
        GATE.open();
        assertThat(whenEnded(run)).containsEntry("state", "SUCCESS");
        Thread.sleep(500);
        Clients.Report report = clients.report();
        assertThat(report.errors()).isEmpty();
        assertThat(report.requests()).isGreaterThanOrEqualTo(200);
    }

    private static Clients.Question asking(String name, int clients, String path) {
        return new Clients.Question(name, clients, () -> server.address(path));
    }
}
