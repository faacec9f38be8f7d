package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.ELSEWHERE;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.testing.CuttingProxy;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target on PostgreSQL that stops to say anything, or is gone, fails the run by its time-outs. */
class SilentPostgresIT {

    private static final String RUN = "the-run";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTargetThatFallsSilentOrIsGoneFailsTheRunAndARestartFinishesIt(boolean silent) {
        try (TestDatabase server = Databases.POSTGRESQL.fresh();
                CuttingProxy proxy = CuttingProxy.of(server.url());
                TestDatabase platform = Databases.H2.fresh()) {
            server.execute(StaffHome.TABLE);
            StaffHome home = StaffHome.elsewhere(
                    folder,
                    proxy.through(server.url()),
                    server.username(),
                    "{connect: 1s, call: 2s}",
                    "feedSize: 10\ntaskThreads: 4\n");
            try (House house = House.on(home.folder(), platform)
                    .set("concord.retries.within", "3s")
                    .partitionsOf(50)
                    .open()) {
                RunView failed =
                        house.run(MAPPING, RUN, StaffHome.atPage(9, silent ? proxy::fallSilent : proxy::refuse));
                assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
                assertThat(failed.run().condition()).as(failed.run().message()).isEqualTo(RunCondition.INFRASTRUCTURE);
                assertThat(failed.run().message()).contains("system crm", "`./concord restart " + RUN + "`");
                assertThat(failed.counts().failures()).isZero();
                proxy.pass();
                RunView view = house.restart(RUN);
                Aftermath.of(house, view, ELSEWHERE)
                        .assertSameWorldAs(Aftermath.ofStaff(ELSEWHERE, folder.resolve("undisturbed"), RUN));
                assertThat(view.counts().failures()).isZero();
                Aftermath.assertSettled(house, MAPPING);
            }
        }
    }
}
