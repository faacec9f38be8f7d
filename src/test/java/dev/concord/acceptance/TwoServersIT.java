package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSets;
import dev.concord.system.Write;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two servers on one database: every firing runs once; a run whose server is killed inside a page is finished by the
 * other one under its id, and one whose server is told to end by whoever serves next. Nothing is lost, nothing is done
 * twice.
 */
class TwoServersIT {

    static final String[] QUICK = {"concord.schedules.look=200ms", "concord.schedules.recover=300ms"};

    /**
     * A script that follows a write has it made record by record within a page's transaction, and as long as the gate
     * is shut 2.4 s a page, however fast the machine.
     */
    private static final String SLOW = """
            feedSize: 40
            taskThreads: 0
            onLink: >-
              const end = Date.now() + 60;
              while (Date.now() < end && openidm.read('managed/gate/open') === null) {}
            """;

    @TempDir
    Path folder;

    @Test
    void everyFiringRunsOnceAndARunOutlivesItsServers() throws Exception {
        StaffHome home = slow(folder.resolve("home"));
        StaffHome control = slow(folder.resolve("control"));
        Expectation expected;
        try (TestDatabase database = Databases.MARIADB.fresh();
                House house = House.open(control.folder(), database)) {
            openGate(house);
            house.run(MAPPING, "control");
            expected = Expectation.of(Holdings.of(house, MAPPING), Account.of(house, "control"));
        }
        try (TestDatabase database = Databases.MARIADB.fresh();
                House house = House.open(home.folder(), database)) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            Holdings before = Holdings.of(house, MAPPING);
            once(home);
            often(home, true);
            try (ServerProcess one = ServerProcess.start(home.folder(), database, folder.resolve("one"), QUICK);
                    ServerProcess two = ServerProcess.start(home.folder(), database, folder.resolve("two"), QUICK)) {
                one.await();
                two.await();
                awaitOpenPage(jdbc);
                Run begun = house.get(Runs.class).newest(MAPPING, 1).getFirst();
                ServerProcess worker = holder(jdbc).contains(":" + one.pid() + " ") ? one : two;
                ServerProcess other = worker == one ? two : one;
                worker.kill();

                // The other one goes on; told to end, it stops behind a page and says so by its exit code.
                until(() -> holder(jdbc).contains(":" + other.pid() + " "), other);
                long pages = pages(jdbc);
                until(() -> pages(jdbc) > pages, other);
                assertThat(run(house, begun.id()).state()).isEqualTo(RunState.ACTIVE);
                assertThat(other.terminate()).as(other.said()).isZero();
                assertThat(run(house, begun.id()).state()).as(other.said()).isEqualTo(RunState.CANCELED);

                openGate(house);
                try (ServerProcess third =
                        ServerProcess.start(home.folder(), database, folder.resolve("three"), QUICK)) {
                    until(() -> run(house, begun.id()).state() == RunState.SUCCESS, third);
                    assertThat(house.get(Runs.class).newest(MAPPING, 10))
                            .extracting(Run::id)
                            .containsExactly(begun.id());
                    Oracle.judge(expected, before, Holdings.of(house, MAPPING), Account.of(house, begun.id()))
                            .assertFaultless();
                    until(() -> firings(jdbc).size() > 4, third);
                    often(home, false);
                    until(() -> jdbc.queryForList("select 1 from QRTZ_TRIGGERS").size() < 2, third);
                    until(
                            () -> firings(jdbc).stream()
                                    .noneMatch(row -> row.get("state").equals("WAITING")),
                            third);
                    until(
                            () -> house.get(Runs.class)
                                            .newest("badges", 1)
                                            .getFirst()
                                            .ended()
                                    != null,
                            third);
                    eachFiringRanOnce(house, jdbc);
                }
            }
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    private static StaffHome slow(Path folder) {
        StaffHome home = StaffHome.managed(folder, SLOW);
        shutGate(home);
        return home;
    }

    static void shutGate(StaffHome home) {
        home.write("jobs/managed/gate.yaml", """
                name: gate
                attributes:
                  name: {type: string}
                """);
    }

    static void openGate(House house) {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            sets.open("managed/gate").write(List.of(new Write.Create("open", Map.of("name", "open"))));
        }
    }

    /** A second mapping that is due every two seconds, whatever happens to the servers meanwhile. */
    static void often(StaffHome home, boolean enabled) {
        home.write("jobs/managed/badge.yaml", """
                name: badge
                attributes:
                  name: {type: string}
                """);
        home.write("jobs/badges.yaml", """
                name: badges
                source: system/staff/person
                target: managed/badge
                sourceQuery: 'number sw "N00"'
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """);
        home.write("jobs/schedules/often.yaml", """
                enabled: %s
                type: cron
                schedule: 0/2 * * * * ?
                invokeService: sync
                invokeContext: {action: reconcile, mapping: badges}
                """.formatted(enabled));
    }

    static void eachFiringRanOnce(House house, JdbcTemplate jdbc) {
        List<Map<String, Object>> firings = firings(jdbc);
        assertThat(firings).hasSizeGreaterThan(4);
        assertThat(firings).extracting(row -> row.get("fire_time")).doesNotHaveDuplicates();
        Set<Object> started = firings.stream()
                .filter(row -> row.get("state").equals("STARTED"))
                .map(row -> row.get("run_id"))
                .collect(Collectors.toSet());
        List<Run> runs = house.get(Runs.class).newest("badges", 1_000);
        assertThat(runs).extracting(run -> (Object) run.id()).containsExactlyInAnyOrderElementsOf(started);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).ended())
                    .as("one run at a time")
                    .isBeforeOrEqualTo(runs.get(i - 1).started().plusMillis(50));
        }
    }

    private static List<Map<String, Object>> firings(JdbcTemplate jdbc) {
        return jdbc.queryForList("select * from schedule_firing where schedule_name = 'often'");
    }

    /** A schedule that fires once, in a moment, and whose run may not be lost. */
    private static void once(StaffHome home) {
        home.write("jobs/schedules/once.yaml", """
                type: simple
                repeatInterval: 1000
                repeatCount: 0
                recoverable: true
                invokeService: sync
                invokeContext: {action: reconcile, mapping: people}
                """);
    }

    private static Run run(House house, String id) {
        return house.get(Runs.class).find(id).orElseThrow();
    }

    private static String holder(JdbcTemplate jdbc) {
        return jdbc
                .queryForList(
                        "select holder from run_lease where link_type = ? and run_id is not null",
                        String.class,
                        MAPPING)
                .stream()
                .findFirst()
                .orElse("");
    }

    private static long pages(JdbcTemplate jdbc) {
        return jdbc.queryForObject(
                "select count(*) from segment s join recon_run r on s.run_id = r.run_id where r.mapping = ? and s.segment_no > 0",
                Long.class,
                MAPPING);
    }

    private static void awaitOpenPage(JdbcTemplate jdbc) throws Exception {
        Instant end = Instant.now().plusSeconds(120);
        while (pages(jdbc) == 0
                || jdbc.queryForList(
                                "select trx_rows_modified from information_schema.innodb_trx where trx_rows_modified > 5")
                        .isEmpty()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(120);
        }
    }

    private static void until(BooleanSupplier condition, ServerProcess server) throws Exception {
        Instant end = Instant.now().plusSeconds(120);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(server.said()).isBefore(end);
            Thread.sleep(100);
        }
    }
}
