package dev.concord.api.openidm;

import static dev.concord.api.openidm.RestHouse.PEOPLE;
import static dev.concord.api.openidm.RestHouse.RECON;
import static dev.concord.api.openidm.RestHouse.assertLike;
import static dev.concord.api.openidm.RestHouse.encoded;
import static dev.concord.api.openidm.RestHouse.entries;
import static dev.concord.api.openidm.RestHouse.forgetEverybody;
import static dev.concord.api.openidm.RestHouse.ok;
import static dev.concord.api.openidm.RestHouse.server;
import static dev.concord.api.openidm.RestHouse.sources;
import static dev.concord.api.openidm.RestHouse.waited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.RunTallies;
import dev.concord.record.Json;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.Traces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reading what runs did: pages, exports and reports, and who sees values. */
interface EntriesOverRest {

    @Test
    default void pagesOfEntriesFollowEachOtherAndCountAsTheyAreAskedTo() {
        String run = waited(RECON + "&persistAssociations=true&analyze=true", null);
        List<String> found = new ArrayList<>();
        String path = entries(run, "true") + "&_pageSize=7&_totalPagedResultsPolicy=EXACT&_fields=sourceObjectId";
        String cookie = "";
        do {
            Map<String, @Nullable Object> page =
                    ok(server.get("viewer", path + (cookie.isEmpty() ? "" : "&_pagedResultsCookie=" + cookie)));
            assertThat(page).containsEntry("totalPagedResults", PEOPLE);
            found.addAll(sources(page));
            assertThat(page).containsEntry("remainingPagedResults", PEOPLE - found.size());
            cookie = page.get("pagedResultsCookie") instanceof String next ? next : null;
        } while (cookie != null);
        assertThat(found).hasSize(PEOPLE).doesNotHaveDuplicates();

        assertThat(sources(ok(server.get("viewer", entries(run, "true") + "&_pageSize=3&_pagedResultsOffset=18"))))
                .isEqualTo(found.subList(18, PEOPLE));
        assertThat(ok(server.get("viewer", entries(run, "sourceObjectId sw \"1\"") + "&_countOnly=true")))
                .isEqualTo(Map.of("resultCount", 11));
        String sorted = entries(run, "true") + "&_pageSize=2&_sortKeys=-sourceObjectId";
        Map<String, @Nullable Object> highest = ok(server.get("viewer", sorted));
        assertThat(sources(highest)).containsExactly("9", "8");
        assertThat(sources(
                        ok(server.get("viewer", sorted + "&_pagedResultsCookie=" + highest.get("pagedResultsCookie")))))
                .containsExactly("7", "6");
        assertThat(server.get("viewer", entries(run, "true") + "&_sortKeys=action")
                        .status())
                .isEqualTo(400);
    }

    @Test
    default void valuesAreShownToAuditorsAndCannotBeAskedForByOthers() {
        String run = waited(RECON + "&analyze=true", null);
        String asked = entries(run, "display/source/name eq \"=cmd()\"");
        assertThat(sources(ok(server.get("auditor", asked)))).containsExactly("3");
        assertThat(sources(ok(server.get("viewer", asked)))).isEmpty();
        String all = server.get("operator", entries(run, "true")).body();
        assertThat(all).contains("\"display\":{}").doesNotContain("Person 1", "@example.com");
        assertThat(server.get("viewer", "/openidm/audit/recon").body()).doesNotContain("Person 1", "@example.com");
        forgetEverybody();
        String full = waited(RECON, null);
        assertLike(
                "runs/audit-list",
                ok(server.get(
                        "auditor",
                        "/openidm/audit/recon?_pageSize=5&_queryFilter="
                                + encoded("reconId eq \"" + full + "\" and entryType eq \"entry\""))));
        for (String export : List.of("entries.jsonl", "entries.csv")) {
            assertThat(server.get("operator", "/api/runs/" + run + "/" + export).status())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/runs/%s/entries.jsonl", "/api/runs/%s/entries.csv", "/openidm/recon/assoc/%s/entry"})
    default void anAnswerThatBreaksOffCannotBeTakenForAWholeOne(String path) {
        String run = waited(RECON + "&analyze=true", null);
        JdbcTemplate jdbc = server.get(JdbcTemplate.class);
        String address = path.formatted(run);
        jdbc.update(
                "update segment_entries set content = ? where run_id = ? and segment_no = 1", new byte[] {7, 7}, run);
        assertThat(server.get("auditor", address).status())
                .as("nothing was sent yet")
                .isEqualTo(500);

        jdbc.update("delete from segment_entries where run_id = ? and segment_no = 1", run);
        // More than what is held back until it is known that all is well; behind it, the page that cannot be read.
        for (int copy = 1; copy <= 60; copy++) {
            repeat(jdbc, run, 2 + copy);
        }
        server.get(RunTallies.class).forget(run);
        assertThat(server.get("auditor", address).body().length()).isGreaterThan(100_000);
        repeat(jdbc, run, 1000);
        jdbc.update(
                "update segment_entries set content = ? where run_id = ? and segment_no = 1000",
                new byte[] {7, 7},
                run);
        server.get(RunTallies.class).forget(run);
        try (Traces traces = Traces.watched()) {
            assertThatThrownBy(() -> server.get("auditor", address)).hasRootCauseInstanceOf(IOException.class);
            assertThat(traces.seen())
                    .as("what could not be read, and nothing of the answer that was cut for it")
                    .singleElement()
                    .asString()
                    .startsWith("dev.concord.api.ErrorAdvice");
        }
        ok(server.send("admin", "DELETE", "/openidm/recon/" + run, null));
    }

    /** The second page of a run once more, as another one. */
    private static void repeat(JdbcTemplate jdbc, String run, int number) {
        for (String table : List.of("segment", "segment_entries")) {
            String columns = jdbc
                    .queryForList(
                            "select column_name from information_schema.columns where lower(table_name) = ?"
                                    + " and lower(column_name) not in ('segment_no', 'seq')",
                            String.class,
                            table)
                    .stream()
                    .collect(Collectors.joining(", "));
            jdbc.update(
                    "insert into " + table + " (segment_no, " + columns + ") select " + number + ", " + columns
                            + " from " + table + " where run_id = ? and phase = 'SOURCE' and segment_no = 2",
                    run);
        }
    }

    @Test
    default void exportsHaveEveryEntryAndNoCellThatASpreadsheetWouldRun() {
        String run = waited(RECON + "&analyze=true", null);
        Answer lines = server.get("auditor", "/api/runs/" + run + "/entries.jsonl");
        assertThat(lines.body().lines().map(Json::readObject)).hasSize(PEOPLE);
        Answer csv = server.get("auditor", "/api/runs/" + run + "/entries.csv");
        assertThat(csv.headers().get("content-type").getFirst()).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(PEOPLE + 1).noneMatch(line -> line.startsWith("="));
    }

    @Test
    default void reportsArePutTogetherForEverybodyAndShowValuesToAuditors() {
        String before = waited(RECON + "&analyze=true", null);
        String after = waited(RECON + "&analyze=true", null);
        String counts = "/api/runs/" + after + "/counts?by=";
        Map<String, @Nullable Object> ops = ok(server.get("viewer", counts + "status"));
        assertThat(ops).containsEntry("of", "ops");
        assertThat(ops.get("counts")).isEqualTo(List.of(Map.of("value", "SUCCESS", "count", PEOPLE, "failures", 0)));
        String three = "&_queryFilter=" + encoded("sourceObjectId eq \"3\"");
        assertThat(ok(server.get("viewer", counts + "action" + three))).containsEntry("of", "entries");
        assertThat(server.get("viewer", counts + "attribute").status()).isEqualTo(403);
        assertThat(ok(server.get("auditor", counts + "attribute"))).containsKey("counts");
        assertThat(server.get("viewer", counts + "weather").status()).isEqualTo(400);
        assertThat(ok(server.get("viewer", "/api/runs/" + after + "/groups")))
                .containsEntry("failures", 0)
                .containsEntry("groups", List.of());
        Map<String, @Nullable Object> compared =
                ok(server.get("viewer", "/api/compare?before=" + before + "&after=" + after));
        assertThat(compared).containsEntry("definitionChanges", List.of()).containsEntry("differences", List.of());
        assertThat((Map<?, ?>) compared.get("records")).extracting("same").isEqualTo(PEOPLE);
        assertThat(server.get("auditor", "/api/runs/" + after + "/entries.csv?" + three.substring(1))
                        .body()
                        .lines())
                .hasSize(2);

        server.get(JdbcTemplate.class)
                .update("update recon_run set entries_dropped_at = started_at where run_id = ?", before);
        for (String gone :
                List.of("/api/runs/%s/groups", "/api/runs/%s/entries.csv", "/openidm/recon/assoc/%s/entry")) {
            Answer answer = server.get("admin", gone.formatted(before));
            assertThat(answer.status()).as(gone).isIn(404, 410);
            assertThat(answer.body()).contains("are gone since");
        }
        assertThat(ok(server.get("viewer", "/openidm/recon/" + before))).containsKey("entriesDropped");
        assertThat(ok(server.get("viewer", "/api/compare?before=" + before + "&after=" + after)))
                .extracting("records")
                .extracting("known")
                .isEqualTo(false);
    }
}
