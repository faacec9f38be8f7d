package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.run.Reconciliations;
import dev.concord.run.Retention;
import dev.concord.run.RunRefused;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of files that were begun in another home, on the same database. */
class OtherHomeTest {

    @TempDir
    private Path one;

    @TempDir
    private Path two;

    @Test
    void copiesOfRunsThatEndedElsewhereGoADayLater() throws IOException {
        try (TestDatabase database = Databases.H2.fresh();
                GuardedHome here = new GuardedHome(one, database, "concord.thresholds.creates=1000")) {
            here.people(300);
            here.run();
            here.people(300, number -> true, number -> "n" + number, number -> number < 40);
            here.run();
            for (String run : List.of("run-1", "unknown", "young")) {
                here.write("data/snapshots/" + run + "/source/facts", "{}");
            }
            Path snapshots = one.resolve("data/snapshots");
            for (String run : List.of("run-1", "run-2", "unknown")) {
                Files.setLastModifiedTime(
                        snapshots.resolve(run), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
            }
            here.house().get(Retention.class).prune(null, () -> true);
            try (Stream<Path> left = Files.list(snapshots)) {
                assertThat(left.map(copy -> copy.getFileName().toString())).containsExactlyInAnyOrder("run-2", "young");
            }
        }
    }

    @Test
    void aRunOfFilesGoesOnOnlyWhereTheyWereCopiedAndIsLeftAsItIsElsewhere() {
        try (TestDatabase database = Databases.H2.fresh();
                GuardedHome here = new GuardedHome(one, database, "concord.thresholds.creates=1000");
                GuardedHome elsewhere = new GuardedHome(two, database, "concord.thresholds.creates=1000")) {
            here.people(300);
            elsewhere.people(300);
            assertThat(here.run().run().state()).isEqualTo(RunState.SUCCESS);
            here.people(300, number -> true, number -> "n" + number, number -> number < 40);
            RunView waiting = here.run();
            assertThat(waiting.run().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);

            assertThat(elsewhere.house().get(Reconciliations.class).hasCopiesOf(waiting.run()))
                    .isFalse();
            assertThatThrownBy(() -> elsewhere.approve(waiting))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageStartingWith("The copy of system/staff/person that run run-2 began with is not in ")
                    .hasMessageContaining("Continue it there");
            Run still = elsewhere.house().get(Runs.class).find("run-2").orElseThrow();
            assertThat(still.condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
            assertThat(still.ended()).isEqualTo(waiting.run().ended());
            assertThat(here.trips(waiting))
                    .singleElement()
                    .satisfies(trip -> assertThat(trip.decision()).isNull());

            assertThat(here.house().get(Reconciliations.class).hasCopiesOf(waiting.run()))
                    .isTrue();
            assertThat(here.approve(waiting).counts().get(Measure.DELETED)).isEqualTo(40);
        }
    }
}
