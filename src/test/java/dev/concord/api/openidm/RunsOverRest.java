package dev.concord.api.openidm;

import static dev.concord.api.openidm.RestHouse.GATE;
import static dev.concord.api.openidm.RestHouse.PEOPLE;
import static dev.concord.api.openidm.RestHouse.RECON;
import static dev.concord.api.openidm.RestHouse.assertLike;
import static dev.concord.api.openidm.RestHouse.encoded;
import static dev.concord.api.openidm.RestHouse.entries;
import static dev.concord.api.openidm.RestHouse.firstEvent;
import static dev.concord.api.openidm.RestHouse.forgetEverybody;
import static dev.concord.api.openidm.RestHouse.mappingAtWork;
import static dev.concord.api.openidm.RestHouse.ok;
import static dev.concord.api.openidm.RestHouse.server;
import static dev.concord.api.openidm.RestHouse.sources;
import static dev.concord.api.openidm.RestHouse.started;
import static dev.concord.api.openidm.RestHouse.waited;
import static dev.concord.api.openidm.RestHouse.whenEnded;
import static dev.concord.api.openidm.RestHouse.writePeople;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunKind;
import dev.concord.ledger.Runs;
import dev.concord.record.Json;
import dev.concord.testing.Server.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starting runs, seeing them through, and forgetting them. */
interface RunsOverRest {

    @Test
    default void aClientStartsWatchesReadsAndCancelsRunsInTheShapesThatItKnows() throws Exception {
        forgetEverybody();
        Map<String, @Nullable Object> mapping = mappingAtWork();
        assertLike("runs/mapping", mapping);
        String first = started("/openidm/recon?_action=recon&mapping=" + mapping.get("_id"));
        Map<String, @Nullable Object> ended = whenEnded(first);
        assertLike("runs/ended", ended);
        assertThat(mappingAtWork()).containsEntry("recon", ended);
        assertThat(((Map<?, ?>) ended.get("situationSummary")).get("ABSENT")).isEqualTo(PEOPLE);

        assertLike("runs/assoc", ok(server.get("auditor", "/openidm/recon/assoc/" + first)));
        assertLike("runs/assoc-list", ok(server.get("viewer", "/openidm/recon/assoc?_queryFilter=true")));
        assertLike(
                "runs/entry-list",
                ok(server.get("auditor", entries(first, "situation eq \"ABSENT\"") + "&_pageSize=10")));
        Map<String, @Nullable Object> seen = ok(server.get("viewer", entries(first, "sourceObjectId eq \"3\"")));
        String id = String.valueOf(((Map<?, ?>) ((List<?>) seen.get("result")).getFirst()).get("_id"));
        String one = "/openidm/recon/assoc/" + first + "/entry/" + id;
        assertLike("runs/entry", ok(server.get("auditor", one)));
        assertLike("runs/entry-of-viewer", ok(server.get("viewer", one)));
        assertThat(ok(server.get("viewer", "/openidm/audit/recon/" + id))).containsEntry("_id", id);
        Map<String, @Nullable Object> failures = ok(server.get("viewer", entries(first, "status eq \"FAILURE\"")));
        assertThat(failures.get("resultCount")).isEqualTo(0);

        GATE.shut();
        String second = started(RECON);
        GATE.awaitSomebody();
        assertLike("runs/active", ok(server.get("viewer", "/openidm/recon/" + second)));
        assertThat((Map<?, ?>) mappingAtWork().get("recon"))
                .extracting("_id", "state", "ended")
                .containsExactly(second, "ACTIVE", "");
        Answer twice = server.post("operator", RECON, null);
        assertThat(twice.status()).isEqualTo(409);
        assertLike("runs/error", twice.json());
        assertThat(twice.body()).contains(second);
        assertThat(server.send("admin", "DELETE", "/openidm/recon/" + second, null)
                        .status())
                .isEqualTo(409);
        assertLike("runs/cancelled", ok(server.post("operator", "/openidm/recon/" + second + "?_action=cancel", null)));
        GATE.open();
        assertThat(whenEnded(second)).containsEntry("state", "CANCELED").containsEntry("stage", "COMPLETED_CANCELED");
        assertThat(server.post("operator", "/openidm/recon/" + second + "?_action=cancel", null)
                        .status())
                .isEqualTo(409);

        Map<String, @Nullable Object> byId = ok(server.post(
                "operator",
                "/openidm/recon?_action=reconById&mapping=hr-users&id=3&waitForCompletion=true&persistAssociations=true",
                null));
        assertLike("runs/waited", byId);
        assertThat(sources(ok(server.get("viewer", entries((String) byId.get("_id"), "true")))))
                .containsExactly("3");

        Map<String, @Nullable Object> performed = ok(server.post(
                "operator",
                "/openidm/sync?_action=performAction&mapping=hr-users&action=UPDATE&sourceId=3&situation=CONFIRMED",
                null));
        assertLike("runs/performed", performed);
        assertThat((Map<?, ?>) mappingAtWork().get("recon"))
                .as("a single action is no reconciliation")
                .extracting("_id")
                .isEqualTo(byId.get("_id"));
        Map<String, @Nullable Object> links = ok(server.get(
                "viewer",
                "/openidm/repo/link?_queryFilter=" + encoded("linkType eq \"hr-users\" and firstId eq \"3\"")));
        assertLike("runs/link-list", links);
        Map<?, ?> link = (Map<?, ?>) ((List<?>) links.get("result")).getFirst();
        assertThat(link.get("secondId")).isEqualTo(performed.get("targetObjectId"));
        assertThat(ok(server.get("viewer", "/openidm/repo/link/" + link.get("_id"))))
                .isEqualTo(link);
        String linked = "/openidm/sync?_action=getLinkedResources&resourceName=system/hr/person/3";
        assertLike("runs/linked", Json.read(server.post("auditor", linked, null).body()));

        assertLike("runs/list", ok(server.get("viewer", "/openidm/recon")));
        assertThat(ok(server.send("admin", "DELETE", "/openidm/recon/" + second, null)))
                .containsEntry("_id", second);
        assertThat(server.get("viewer", "/openidm/recon/" + second).status()).isEqualTo(404);
        for (String table : List.of("segment", "segment_entries", "batch_job_execution_params")) {
            String column = table.startsWith("batch") ? "parameter_value" : "run_id";
            assertThat(server.get(JdbcTemplate.class)
                            .queryForList("select 1 from " + table + " where " + column + " = ?", second))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    default void aBodySelectsSourcesAndItsValuesAreForAuditors() {
        Map<String, Object> body = Map.of("sourceQuery", Map.of("_queryFilter", "mail eq \"4@example.com\""));
        String run = waited(RECON + "&persistAssociations=true", body);
        Map<String, @Nullable Object> seen = ok(server.get("auditor", "/openidm/recon/" + run));
        assertThat(seen).containsEntry("kind", "FILTER");
        assertThat(Json.write(seen.get("parameters"))).contains("4@example.com");
        assertThat(server.get("operator", "/openidm/recon/" + run).body()).doesNotContain("4@example.com");
        assertThat(sources(ok(server.get("viewer", entries(run, "true"))))).containsExactly("4");
    }

    @Test
    default void aBodySelectsTargetsAndSwitchesTheirPhase() {
        forgetEverybody();
        waited(RECON, null);
        for (String stray : List.of("a", "b")) {
            Answer made = server.send(
                    "admin", "PUT", "/openidm/managed/account/stray-" + stray, Map.of("userName", "Stray " + stray));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        Map<String, Object> query = Map.of("_queryFilter", "userName eq \"Stray b\"");
        assertThat(unassigned(Map.of("targetQuery", query, "runTargetPhase", true)))
                .containsExactly("FILTER", 1);
        assertThat(unassigned(Map.of("targetQuery", query))).containsExactly("FILTER", 0);
        assertThat(unassigned(Map.of("runTargetPhase", false))).containsExactly("FULL", 0);
        assertThat(unassigned(Map.of("runTargetPhase", true))).containsExactly("FULL", 2);
        forgetEverybody();
    }

    /** The kind of a run with this body, and how many targets it found without a source. */
    private static List<@Nullable Object> unassigned(Map<String, Object> body) {
        Map<String, @Nullable Object> run = ok(server.get("auditor", "/openidm/recon/" + waited(RECON, body)));
        return Arrays.asList(run.get("kind"), ((Map<?, ?>) run.get("situationSummary")).get("UNASSIGNED"));
    }

    @Test
    default void anEmptySourceIsRefusedUnlessTheBodyAllowsIt() throws Exception {
        forgetEverybody();
        waited(RECON, null);
        writePeople(0);
        try {
            Map<String, @Nullable Object> refused = whenEnded(started(RECON));
            assertThat(refused).containsEntry("state", "FAILED").containsEntry("stage", "COMPLETED_FAILED");
            assertThat((String) refused.get("message"))
                    .contains("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
            Map<String, Object> asked = Map.of("allowEmptySourceSet", true, "thresholds", Map.of("deletes", "none"));
            Answer operator = server.post("operator", RECON, asked);
            assertThat(operator.status()).isEqualTo(403);
            assertThat(operator.body()).contains("approves in advance", "the role approver");
            assertThat(server.post("operator", RECON, Map.of("thresholds", Map.of("deletes", "none")))
                            .status())
                    .isEqualTo(403);
            String allowed = String.valueOf(ok(server.post("admin", RECON + "&waitForCompletion=true", asked))
                    .get("_id"));
            assertThat(ok(server.get("viewer", "/openidm/recon/" + allowed)))
                    .containsEntry("state", "SUCCESS")
                    .extractingByKey("situationSummary")
                    .extracting("SOURCE_MISSING")
                    .isEqualTo(PEOPLE);
        } finally {
            writePeople(PEOPLE);
        }
    }

    @Test
    default void aRunWithWritesThatNobodySettledIsNotForgotten() {
        String run = waited(RECON + "&analyze=true", null);
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        jdbc.update(
                "insert into intent (run_id, phase, partition_no, segment_no, intent_no, epoch, content)"
                        + " values (?, 'SOURCE', 0, 1, 1, 1, ?)",
                run,
                new byte[] {1});
        Answer refused = server.send("admin", "DELETE", "/openidm/recon/" + run, null);
        assertThat(refused.status()).isEqualTo(409);
        assertLike("runs/error", refused.json());
        assertThat(refused.body()).contains("managed/account", "Restart it");
        assertThat(server.get("viewer", "/openidm/recon/" + run).status()).isEqualTo(200);
        jdbc.update("delete from intent where run_id = ?", run);
        ok(server.send("admin", "DELETE", "/openidm/recon/" + run, null));
    }

    @Test
    default void runsAreAskedForLikeAnythingElse() {
        forgetEverybody();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.addFirst(waited(RECON + (i == 0 ? "" : "&analyze=true"), null));
        }
        String all = "/openidm/recon?_queryFilter=";
        Map<String, @Nullable Object> looks =
                ok(server.get("viewer", all + encoded("analysis eq true") + "&_fields=state"));
        assertThat(looks).containsEntry("resultCount", 2).containsEntry("pagedResultsCookie", null);
        assertThat(looks.get("result"))
                .isEqualTo(List.of(
                        Map.of("_id", started.get(0), "state", "SUCCESS"),
                        Map.of("_id", started.get(1), "state", "SUCCESS")));
        assertThat(ok(server.get("viewer", all + "true&_countOnly=true"))).isEqualTo(Map.of("resultCount", 3));
        List<Object> seen = new ArrayList<>();
        String cookie = "";
        do {
            Map<String, @Nullable Object> page = ok(server.get(
                    "viewer",
                    all + "true&_pageSize=2&_totalPagedResultsPolicy=EXACT&_fields=_id&_pagedResultsCookie=" + cookie));
            ((List<?>) page.get("result")).forEach(run -> seen.add(((Map<?, ?>) run).get("_id")));
            assertThat(page)
                    .containsEntry("totalPagedResults", 3)
                    .containsEntry("remainingPagedResults", 3 - seen.size());
            cookie = page.get("pagedResultsCookie") instanceof String next ? next : null;
        } while (cookie != null);
        assertThat(seen).isEqualTo(started);
        String reports = "/openidm/recon/assoc?_queryFilter=true&_fields=_id&_pageSize=2&_pagedResultsCookie=";
        Map<String, @Nullable Object> newest = ok(server.get("viewer", reports));
        waited(RECON + "&analyze=true", null);
        Map<String, @Nullable Object> behind = ok(server.get("viewer", reports + newest.get("pagedResultsCookie")));
        assertThat(newest.get("result"))
                .isEqualTo(List.of(Map.of("_id", started.get(0)), Map.of("_id", started.get(1))));
        assertThat(behind.get("result")).isEqualTo(List.of(Map.of("_id", started.get(2))));
        assertThat(ok(server.get("viewer", "/openidm/recon/assoc/" + started.getFirst() + "?_fields=mapping")))
                .isEqualTo(Map.of("_id", started.getFirst(), "mapping", "hr-users"));
        String entry = String.valueOf(((Map<?, ?>) ((List<?>)
                                ok(server.get("viewer", entries(started.getLast(), "true") + "&_pageSize=1"))
                                        .get("result"))
                        .getFirst())
                .get("_id"));
        for (String path : List.of(
                "/openidm/recon/assoc/" + started.getLast() + "/entry/" + entry, "/openidm/audit/recon/" + entry)) {
            assertThat(ok(server.get("viewer", path + "?_fields=situation")))
                    .isEqualTo(Map.of("_id", entry, "situation", "ABSENT"));
        }
        assertThat(ok(server.get("viewer", all + "true&_pageSize=1&_sortKeys=started&_fields=_id"))
                        .get("result"))
                .isEqualTo(List.of(Map.of("_id", started.get(2))));
        assertThat(((List<?>) ok(server.get("viewer", "/openidm/recon?_pageSize=2&_fields=mapping"))
                                .get("reconciliations"))
                        .getLast())
                .isEqualTo(Map.of("_id", started.getFirst(), "mapping", "hr-users"));
        assertThat(ok(server.get("viewer", "/openidm/recon/" + started.getFirst() + "?_fields=mapping")))
                .isEqualTo(Map.of("_id", started.getFirst(), "mapping", "hr-users"));
    }

    @Test
    default void aRunWhoseProcessIsGoneIsToldApartFromOneAtWork() throws Exception {
        String dead = UUID.randomUUID().toString();
        Runs runs = server.get(Runs.class);
        runs.create(new Runs.NewRun(
                dead, "hr-users", "hr-users", RunKind.FULL, false, Map.of(), Map.of(), "x", 1, Instant.now()));
        assertThat(ok(server.get("viewer", "/openidm/recon/" + dead)))
                .containsEntry("state", "ACTIVE")
                .containsEntry("interrupted", true);
        assertThat(ok(server.get("viewer", "/openidm/recon?_queryFilter=interrupted+eq+true&_countOnly=true")))
                .containsEntry("resultCount", 1);
        assertThat(firstEvent(dead, () -> runs.forget(dead))).containsEntry("interrupted", true);

        GATE.shut();
        String alive = started(RECON);
        GATE.awaitSomebody();
        assertThat(ok(server.get("viewer", "/openidm/recon/" + alive))).containsEntry("interrupted", false);
        assertThat(firstEvent(alive, GATE::open)).containsEntry("interrupted", false);
        assertThat(whenEnded(alive)).containsEntry("interrupted", false);
    }
}
