package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.run.RunCutOff;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.CuttingProxy;
import dev.concord.testing.CuttingProxy.Moment;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A run whose connections to the platform database are cut, in pages and between them, and whose platform database goes
 * away for a moment or for longer. In the end everything is as if nothing had happened.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PlatformCutContract {

    private static final String RUN = "the-run";

    private final Databases kind;
    private final GraalScripts scripts = new GraalScripts();
    private TestDatabase database;
    private JdbcTemplate direct;
    private CuttingProxy proxy;
    private House house;
    private Aftermath undisturbed;

    PlatformCutContract(Databases kind) {
        this.kind = kind;
    }

    /** The n-th statement with a text, or the commit behind it. */
    record Place(boolean commit, String text, int number, Moment moment) {}

    /** Where connections are cut, one a run. */
    List<Place> places() {
        return List.of(
                new Place(false, "insert into link", 3, Moment.AFTER),
                new Place(true, "insert into segment (", 1, Moment.AFTER),
                new Place(true, "insert into segment (", 9, Moment.BEFORE),
                new Place(true, "insert into segment (", 9, Moment.AFTER),
                new Place(true, "UPDATE BATCH_STEP_EXECUTION", 7, Moment.AFTER));
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        StaffHome home = StaffHome.managed(folder, "feedSize: 25\ntaskThreads: 2\n");
        database = kind.fresh();
        direct = new JdbcTemplate(database.dataSource());
        proxy = CuttingProxy.of(database.url());
        house = House.on(home.folder(), proxy.through(database.url()), database.username(), database.password())
                .with(Scripts.class, own -> scripts)
                .set("concord.timeouts.connect", "500ms")
                .set("concord.timeouts.call", "1500ms")
                .set("concord.retries.within", "3s")
                .partitionsOf(100)
                .open();
        undisturbed = Aftermath.of(house, house.run(MAPPING, RUN), MANAGED);
    }

    @AfterAll
    void close() {
        if (house != null) {
            house.close();
            proxy.close();
            database.close();
        }
        scripts.close();
    }

    @BeforeEach
    void empty() {
        proxy.pass();
        direct.execute((java.sql.Connection connection) -> {
            try (var statement = connection.createStatement()) {
                statement.execute("set foreign_key_checks = 0");
                for (String table : direct.queryForList(
                        "select table_name from information_schema.tables where table_schema = database()",
                        String.class)) {
                    if (!table.startsWith("flyway") && !table.endsWith("_SEQ") && !table.equals("audit_entry")) {
                        statement.execute("delete from `" + table + "`");
                    }
                }
                statement.execute("set foreign_key_checks = 1");
            }
            return null;
        });
    }

    @TestFactory
    Stream<DynamicTest> aConnectionThatIsCutCostsARepetitionAndNothingElse() {
        return places().stream()
                .map(place -> DynamicTest.dynamicTest(place.toString(), () -> {
                    empty();
                    int before = proxy.cuts();
                    if (place.commit()) {
                        proxy.cutAtCommitBehind(place.text(), place.number(), place.moment());
                    } else {
                        proxy.cutAtStatement(place.text(), place.number(), place.moment());
                    }
                    RunView view = house.run(MAPPING, RUN);
                    assertThat(proxy.cuts()).isEqualTo(before + 1);
                    Aftermath.of(house, view, MANAGED).assertSameAs(undisturbed);
                    if (place.text().equals("insert into link")) {
                        assertThat(view.counts().get(Measure.RETRIES)).isEqualTo(1);
                    }
                    Aftermath.assertSettled(house, MAPPING);
                }));
    }

    /** Cuts a connection before the run has anything to begin again with: it fails, and can be continued. */
    final void cutWhileBeginning(Place place) {
        int before = proxy.cuts();
        proxy.cutAtCommitBehind(place.text(), place.number(), place.moment());
        RunView failed = house.run(MAPPING, RUN);
        assertThat(proxy.cuts()).isEqualTo(before + 1);
        assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
        assertThat(failed.run().condition()).as(failed.run().message()).isEqualTo(RunCondition.INFRASTRUCTURE);
        RunView view = restart();
        Aftermath.of(house, view, MANAGED).assertSameAs(undisturbed);
        Aftermath.assertSettled(house, MAPPING);
    }

    @Test
    void anOutageOfASecondIsSatOut() {
        RunView view = house.run(MAPPING, RUN, StaffHome.atPage(5, () -> {
            proxy.refuse();
            Thread.ofVirtual().start(() -> {
                sleep(1_000);
                proxy.pass();
            });
        }));
        assertThat(view.counts().get(Measure.RETRIES)).isPositive();
        Aftermath.of(house, view, MANAGED).assertSameAs(undisturbed);
        Aftermath.assertSettled(house, MAPPING);
    }

    @Test
    void aDatabaseThatStaysAwayCutsTheRunOffAndARestartFinishesIt() {
        cutOff(StaffHome.atPage(6, proxy::refuse));
    }

    @Test
    void aDatabaseThatFallsSilentCutsTheRunOffAndARestartFinishesIt() {
        cutOff(StaffHome.atPage(6, proxy::fallSilent));
    }

    private void cutOff(RunListener listener) {
        assertThatThrownBy(() -> house.run(MAPPING, RUN, listener))
                .isInstanceOf(RunCutOff.class)
                .hasMessageContaining("platform database")
                .hasMessageContaining("./concord restart " + RUN);
        proxy.pass();
        // The process that held the lease lives on, as somebody else would see it; time passes.
        direct.update("update run_lease set expires_at = timestampadd(minute, -1, utc_timestamp(6))");
        RunView view = restart();
        Aftermath.of(house, view, MANAGED).assertSameAs(undisturbed);
        Aftermath.assertSettled(house, MAPPING);
    }

    /** The pool needs a moment to find out that all is well again. */
    private RunView restart() {
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                return house.restart(RUN);
            } catch (CannotGetJdbcConnectionException notYet) {
                sleep(200);
            }
        }
        return house.restart(RUN);
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
