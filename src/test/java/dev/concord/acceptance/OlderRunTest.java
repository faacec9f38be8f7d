package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.run.RunRefused;
import dev.concord.run.RunRequest;
import dev.concord.run.RunsAtWork;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run read of its source gets old, and whoever goes on with it must not bring that back. */
class OlderRunTest {

    private static final int PEOPLE = 200;

    @TempDir
    private Path folder;

    private final TestDatabase database = Databases.H2.fresh();
    private GuardedHome home;

    @BeforeEach
    void open() {
        home = new GuardedHome(folder, database, "concord.thresholds.creates=1000");
        home.mapping("feedSize: 20\ntaskThreads: 1\n");
        home.people(PEOPLE);
    }

    @AfterEach
    void close() {
        home.close();
        database.close();
    }

    @Test
    void aRunThatWasStoppedNeverGoesOnBehindANewerFullOne() {
        home.run();
        RunView older = stopped();
        assertThat(older.run().state()).isEqualTo(RunState.CANCELED);

        home.people(PEOPLE + 10, number -> true, number -> "new" + number, number -> false);
        RunView newer = home.run();
        assertThat(newer.counts().get(Measure.CREATED)).isEqualTo(10);

        assertThatThrownBy(() -> home.house().restart(older.run().id()))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("superseded")
                .hasMessageContaining(newer.run().id())
                .hasMessageContaining("start a new one");
        Run refused = home.house().find(older.run().id()).orElseThrow().run();
        assertThat(refused.condition()).isEqualTo(RunCondition.SUPERSEDED);
        assertThat(refused.message())
                .contains("Superseded by run " + newer.run().id());
        assertThat(home.accounts()).isEqualTo(PEOPLE + 10);
    }

    @Test
    void aRunThatWasStoppedGoesOnBehindOneThatOnlyLookedOrWasForOneRecord() {
        home.run();
        RunView older = stopped();
        home.house().analyze(GuardedHome.MAPPING, "looked");
        home.run(new RunRequest(GuardedHome.MAPPING, false, List.of("0100"), null));
        assertThat(home.house().restart(older.run().id()).run().state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void theNewestRunGoesOnThoughItBeganBehindAnotherOne() {
        home.run();
        RunView older = stopped();
        RunView newer = stopped();
        assertThat(home.house().restart(newer.run().id()).run().state()).isEqualTo(RunState.SUCCESS);
        assertThatThrownBy(() -> home.house().restart(older.run().id())).isInstanceOf(RunRefused.class);
    }

    @Test
    void idsWhoseCaseNoLongerMattersMakeNoSecondAccounts() {
        home.people(PEOPLE, number -> true, number -> "n" + number, number -> false);
        home.write("jobs/data/staff.jsonl", "{\"number\": \"P1\", \"name\": \"n\", \"state\": \"here\"}\n");
        home.run();
        home.mapping("sourceIdsCaseSensitive: false\n");
        RunView refused = home.run();
        assertThat(refused.run().state()).isEqualTo(RunState.FAILED);
        assertThat(refused.run().message()).contains("sourceIdsCaseSensitive", "Nothing was done");
        assertThat(home.accounts()).isEqualTo(1);
        home.mapping("sourceIdsCaseSensitive: true\n");
        assertThat(home.run().run().state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void whoIsBackInTheFileWhenDeletesAreApprovedStays() {
        home.run();
        leave(30);
        RunView waiting = home.run();
        assertThat(waiting.run().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);

        leave(3);
        RunView approved = home.approve(waiting);

        assertThat(approved.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(approved.counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(home.accounts()).isEqualTo(PEOPLE - 3);
        assertThat(home.entries(approved))
                .filteredOn(entry -> entry.message() != null && entry.message().contains("nothing was done"))
                .hasSize(27);
    }

    @Test
    void whoQualifiesAgainWhenDeletesAreApprovedStays() {
        home.run();
        home.people(PEOPLE, number -> true, number -> "n" + number, number -> number < 100);
        RunView waiting = home.run();
        assertThat(waiting.run().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);

        home.people(PEOPLE, number -> true, number -> "n" + number, number -> number < 3);
        assertThat(home.approve(waiting).counts().get(Measure.DELETED)).isEqualTo(3);
        assertThat(home.accounts()).isEqualTo(PEOPLE - 3);
    }

    @Test
    void aFileThatIsGoneByThenLeavesItToTheCopy() throws Exception {
        home.run();
        leave(30);
        RunView waiting = home.run();
        Files.delete(folder.resolve("jobs/data/staff.jsonl"));
        assertThat(home.approve(waiting).counts().get(Measure.DELETED)).isEqualTo(30);
    }

    private void leave(int number) {
        home.people(PEOPLE, person -> person >= number, person -> "n" + person, person -> false);
    }

    /** A run that was asked to stop when its first page was committed. */
    private RunView stopped() {
        return home.run(new RunListener() {
            @Override
            public void committed(Run run, Phase phase, Counts counts) {
                home.house().get(RunsAtWork.class).stopAll(House.ACTOR);
            }
        });
    }
}
