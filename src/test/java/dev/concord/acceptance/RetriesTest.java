package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.run.Retries;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that failed are visited again, as their mapping asks. */
class RetriesTest {

    private static final String MAPPING = PlanHome.MAPPING + """
            validSource: "if (source.title === 'broken') { throw 'broken'; } true"
            retryFailed: {attempts: 3, delay: 20ms, factor: 1.5}
            """;

    private PlanHome home;
    private final List<Retries.Attempt> attempts = new ArrayList<>();
    private final List<Run> ended = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        home = new PlanHome(folder, Databases.H2.fresh());
        home.mapping(MAPPING);
        for (int i = 1; i <= 6; i++) {
            home.person(i, i <= 2 ? "broken" : "clerk");
        }
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void mend(int number) {
        try {
            home.person(number, "clerk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run follow(Run first, Consumer<Retries.Attempt> meanwhile) throws InterruptedException {
        return home.house().get(Retries.class).follow(first, House.ACTOR, new Retries.Follower() {
            @Override
            public void waits(Retries.Attempt attempt) {
                attempts.add(attempt);
                meanwhile.accept(attempt);
                home.house().nextId(home.nextRun());
            }

            @Override
            public RunListener begins() {
                return RunListener.NONE;
            }

            @Override
            public void ended(Run run) {
                ended.add(run);
            }
        });
    }

    @Test
    void attemptsGoOnUntilNothingFails() throws InterruptedException {
        RunView first = home.run();
        assertThat(first.counts().failures()).isEqualTo(2);
        Run last = follow(first.run(), attempt -> mend(attempt.number()));
        assertThat(attempts)
                .extracting(Retries.Attempt::number, attempt -> attempt.pause().toMillis())
                .containsExactly(tuple(1, 20L), tuple(2, 30L));
        assertThat(ended).hasSize(2).allSatisfy(run -> {
            assertThat(run.kind()).isEqualTo(RunKind.FAILED);
            assertThat(run.parameters()).containsEntry("retryOf", first.run().id());
        });
        assertThat(ended.get(1).parameters())
                .containsEntry("failedOf", ended.get(0).id())
                .containsEntry("attempt", 2);
        assertThat(home.view(last).counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(1);
        assertThat(home.view(last).counts().failures()).isZero();
        assertThat(home.linked()).hasSize(6);
    }

    @Test
    void attemptsAreBounded() throws InterruptedException {
        Run last = follow(home.run().run(), attempt -> {});
        assertThat(attempts).extracting(Retries.Attempt::number).containsExactly(1, 2, 3);
        assertThat(home.view(last).counts().failures()).isEqualTo(2);
    }

    @Test
    void aNewerRunOfTheMappingEndsThem() throws InterruptedException {
        Run first = home.run().run();
        Run last = follow(first, attempt -> home.run());
        assertThat(last.id()).isEqualTo(first.id());
        assertThat(attempts).hasSize(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void whatARuleWantsToFailIsNotTriedAgain() throws Exception {
        mend(1);
        mend(2);
        home.createAccount("a", Map.of("userName", "user1"));
        home.createAccount("b", Map.of("userName", "user1"));
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(1);
        assertThat(home.house().get(Retries.class).after(run.run())).isEmpty();
    }

    @Test
    void withoutTheKeyNothingIsTriedAgainAndNothingOfAPlan() throws IOException {
        RunView plan = home.plan();
        assertThat(plan.counts().failures()).isEqualTo(2);
        assertThat(home.house().get(Retries.class).after(plan.run())).isEmpty();
        home.mapping(MAPPING.replaceAll("retryFailed:.*", ""));
        assertThat(home.house().get(Retries.class).after(home.run().run())).isEmpty();
    }
}
