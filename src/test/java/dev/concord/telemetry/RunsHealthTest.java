package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Leases;
import dev.concord.ledger.RunBoard;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.run.Holder;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class RunsHealthTest {

    private static final Duration BEATING = Duration.ofHours(1);

    /** Numbers of processes end at about four million. */
    private static final String NOBODY = ":99999999";

    private PlatformDatabase database;
    private Runs runs;

    @BeforeEach
    void open() {
        database = PlatformDatabase.fresh(Databases.H2);
        runs = new Runs(database.jdbc());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Health health() {
        return new RunsHealth(new RunBoard(database.jdbc())).health();
    }

    private void run(String process, Duration beat) {
        new Leases(database.jdbc(), database.transaction()).acquire("hr", "r", process, beat, any -> true);
        runs.create(new Runs.NewRun("r", "hr", "hr", RunKind.FULL, false, Map.of(), Map.of(), "", 0, Instant.EPOCH));
    }

    private static String deadHere() {
        return Holder.thisProcess().replaceFirst(":[0-9]+", NOBODY);
    }

    @Test
    void allIsWellWhileTheProcessOfARunLives() {
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        run(Holder.thisProcess(), BEATING);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).isEqualTo(Map.of("active", 1, "silent", 0));
    }

    @Test
    void aProcessThatDiedOnThisMachineIsWarnedOfBeforeItsLeaseRunsOut() {
        run(deadHere(), BEATING);
        assertThat(health().getStatus()).isEqualTo(RunsHealth.WARNING);
        assertThat(health().getDetails()).containsEntry("silent", 1);
        assertThat((Map<?, ?>) health().getDetails().get("mappings"))
                .extracting("hr")
                .asString()
                .contains("is gone", "recover");
    }

    @Test
    void aProcessElsewhereIsWarnedOfWhenItsLeaseHasRunOut() {
        run("elsewhere" + NOBODY, Duration.ofMillis(-1));
        assertThat(health().getStatus()).isEqualTo(RunsHealth.WARNING);
        assertThat(health().getDetails().get("mappings").toString()).contains("hr", "not shown");
    }

    @Test
    void whatIsLeftOfARunThatHasEndedWorriesNobody() {
        run(deadHere(), BEATING);
        runs.close(
                "r",
                new Runs.Ending(RunState.SUCCESS, Stage.COMPLETED_SUCCESS, null, null, new Counts(), Instant.EPOCH));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("active", 0);
    }
}
