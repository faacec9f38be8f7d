package dev.concord.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.guard.Trip.Decision;
import dev.concord.guard.Trip.Verdict;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Guard;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What guards remember, and what became of runs of the time before there were any. */
class GuardTablesIT {

    private static final Instant WHEN = Instant.parse("2026-03-04T05:06:07.123456Z");

    private DriverManagerDataSource source;
    private JdbcTemplate jdbc;

    @ParameterizedTest
    @EnumSource(
            value = Databases.class,
            names = {"H2", "MARIADB", "MYSQL"})
    void emptySourcesOfEarlierTimesWaitForApprovalUnlessANewerRunCame(Databases kind) {
        try (TestDatabase database = kind.fresh()) {
            open(database);
            migrate(kind, "7");
            run("old", "people", "EMPTY_SOURCE", "FULL");
            run("later", "people", "EMPTY_SOURCE", "FULL");
            run("looked", "people", "STOPPED", "FILTER");
            run("alone", "others", "EMPTY_SOURCE", "FULL");
            migrate(kind, "latest");

            Runs runs = new Runs(jdbc);
            assertThat(runs.find("old").map(Run::condition)).contains(RunCondition.SUPERSEDED);
            assertThat(runs.find("later").map(Run::condition)).contains(RunCondition.WAITING_FOR_APPROVAL);
            assertThat(runs.find("looked").map(Run::condition)).contains(RunCondition.STOPPED);
            assertThat(new Trips(jdbc).waiting())
                    .extracting(Trips.Waiting::runId)
                    .containsExactly("later", "alone");
            assertThat(new Trips(jdbc).of("alone"))
                    .extracting(trip -> trip.excess().guard())
                    .containsExactly(Guard.EMPTY_SOURCE);
            remembers(runs);
        }
    }

    private void remembers(Runs runs) {
        Trips trips = new Trips(jdbc);
        Excess few = new Excess(Guard.DELETES, "deletes and unlinks", 30, 100, "10 % of 100 links, and at least 20");
        Excess many = new Excess(Guard.DELETES, "deletes and unlinks", 50, 100, "10 % of 100 links, and at least 20");
        trips.add("looked", List.of(few), WHEN);
        trips.decide("looked", new Decision(Verdict.APPROVED, "Ärn 😀", "weil\nes \"stimmt\"", WHEN));
        trips.add("looked", List.of(Excess.EMPTY_SOURCE), WHEN);
        trips.add("looked", List.of(many), WHEN);

        assertThat(trips.of("looked"))
                .containsExactly(
                        new Trip(
                                "looked",
                                1,
                                few,
                                WHEN,
                                new Decision(Verdict.APPROVED, "Ärn 😀", "weil\nes \"stimmt\"", WHEN)),
                        new Trip("looked", 2, many, WHEN, null));
        assertThat(trips.approved("looked")).isEqualTo(Map.of(Guard.DELETES, 30L));
        assertThat(trips.totals().get("people"))
                .containsEntry(Guard.DELETES, 2L)
                .containsEntry(Guard.EMPTY_SOURCE, 2L);
        runs.forget("looked");
        assertThat(trips.of("looked")).isEmpty();
    }

    private void open(TestDatabase database) {
        source = new DriverManagerDataSource(database.url(), database.username(), database.password());
        jdbc = new JdbcTemplate(source);
    }

    private void migrate(Databases kind, String version) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:sql/" + kind.name().toLowerCase(Locale.ROOT))
                .target(version)
                .load()
                .migrate();
    }

    private void run(String id, String mapping, String condition, String kind) {
        jdbc.update(
                "insert into recon_run (run_id, mapping, link_type, kind, analysis, parameters, closure, closure_hash, seed,"
                        + " state, stage, run_condition, message, facts, started_at)"
                        + " values (?, ?, ?, ?, false, '{}', '{}', '', 1, 'FAILED', 'COMPLETED_FAILED', ?, 'Empty.', '{}',"
                        + " '2026-01-01 00:00:00')",
                id,
                mapping,
                mapping,
                kind,
                condition);
    }
}
