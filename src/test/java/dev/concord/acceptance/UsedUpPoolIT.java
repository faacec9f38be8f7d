package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.ELSEWHERE;
import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.ledger.RunView;
import dev.concord.run.RunCutOff;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that gets fewer connections to the platform database than it could use, or none any more. */
@TestInstance(Lifecycle.PER_CLASS)
class UsedUpPoolIT {

    private static final String RUN = "the-run";
    private static final String KEYS = "feedSize: 25\ntaskThreads: 8\n";

    private final GraalScripts scripts = new GraalScripts();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        scripts.close();
    }

    @ParameterizedTest
    @CsvSource({"2, managed", "6, managed", "2, elsewhere"})
    void aSmallPoolIsEnoughForManyPartitions(int connections, String target) {
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase away = Databases.H2.fresh();
                House house = house(target, platform, away, connections)) {
            RunView view = house.run(MAPPING, RUN);
            assertFaultless(house, view, target);
        }
    }

    @Test
    void connectionsThatOthersHoldCutTheRunOffAndARestartFinishesIt() {
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase away = Databases.H2.fresh();
                House house = house("managed", platform, away, 12)) {
            List<Connection> held = new ArrayList<>();
            assertThatThrownBy(() -> house.run(MAPPING, RUN, StaffHome.atPage(6, () -> holdAll(house, held))))
                    .isInstanceOf(RunCutOff.class)
                    .hasMessageContaining("ll connections are in use")
                    .hasMessageContaining("./concord restart " + RUN);
            held.forEach(UsedUpPoolIT::giveBack);
            assertFaultless(house, house.restart(RUN), "managed");
        }
    }

    private void assertFaultless(House house, RunView view, String target) {
        Aftermath.of(house, view, set(target))
                .assertSameWorldAs(Aftermath.ofStaff(set(target), folder.resolve("undisturbed"), RUN));
        assertThat(view.counts().failures()).isZero();
        Aftermath.assertSettled(house, MAPPING);
    }

    private static String set(String target) {
        return target.equals("managed") ? MANAGED : ELSEWHERE;
    }

    /** Takes whatever is given back, too, until there is nothing left to take. */
    private static void holdAll(House house, List<Connection> held) {
        HikariDataSource pool = (HikariDataSource) house.get(javax.sql.DataSource.class);
        Thread.ofVirtual().start(() -> {
            while (held.size() < pool.getMaximumPoolSize()) {
                try {
                    held.add(pool.getConnection());
                } catch (SQLException notYet) {
                    // Somebody works with it; it is taken next.
                }
            }
        });
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private House house(String target, TestDatabase platform, TestDatabase away, int connections) {
        Path home = folder.resolve(target + connections);
        if (target.equals("managed")) {
            StaffHome.managed(home, KEYS);
        } else {
            StaffHome.elsewhere(home, away.url(), away.username(), "{connect: 500ms}", KEYS);
            away.execute(StaffHome.TABLE.replace("create table", "create table if not exists"));
        }
        return House.on(home, platform)
                .with(Scripts.class, own -> scripts)
                .set("spring.datasource.hikari.maximum-pool-size", String.valueOf(connections))
                .set("concord.timeouts.connect", "300ms")
                .set("concord.retries.within", "1s")
                .partitionsOf(50)
                .open();
    }
}
