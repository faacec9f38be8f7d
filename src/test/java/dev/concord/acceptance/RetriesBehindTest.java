package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.Retries;
import dev.concord.run.RetriesBehind;
import dev.concord.run.RunIds;
import dev.concord.run.WaitingRetries;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Servers visit again what failed, and none is lost when one of them ends. */
class RetriesBehindTest {

    private static final String MAPPING = PlanHome.MAPPING + """
            validSource: "if (source.title === 'broken') { throw 'broken'; } true"
            retryFailed: {attempts: 3, delay: 20ms, factor: 1}
            """;

    private PlanHome home;
    private final HandTurned clock = new HandTurned();

    /** It stands still until somebody turns it. */
    private static final class HandTurned extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

        void advance(Duration time) {
            now.updateAndGet(instant -> instant.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

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

    /** What a server has for it. */
    private RetriesBehind server() {
        return new RetriesBehind(
                () -> home.house().get(Retries.class),
                () -> home.house().get(BackgroundRuns.class),
                home.house().get(WaitingRetries.class),
                home.house().get(RunIds.class),
                clock,
                Duration.ofMillis(20));
    }

    /** A first run whose end a server has seen, and the id that its attempt is going to have. */
    private Run ended(RetriesBehind server, String attempt) throws IOException {
        Run first = home.run().run();
        home.house().nextId(attempt);
        server.closed(first);
        home.person(1, "clerk");
        home.person(2, "clerk");
        return first;
    }

    private Runs runs() {
        return home.house().get(Runs.class);
    }

    private List<WaitingRetries.Waiting> waiting() {
        return home.house().get(WaitingRetries.class).toCome();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < patience) {
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private void untilMended(String attempt, Run first) throws InterruptedException {
        until(() -> runs().find(attempt)
                .filter(run -> run.state() != RunState.ACTIVE)
                .isPresent());
        assertThat(runs().find(attempt)).hasValueSatisfying(run -> {
            assertThat(run.state()).isEqualTo(RunState.SUCCESS);
            assertThat(run.parameters()).containsEntry("retryOf", first.id()).containsEntry("attempt", 1);
        });
        assertThat(home.linked()).hasSize(6);
    }

    private int rows() {
        Integer rows = home.house()
                .get(JdbcTemplate.class)
                .queryForObject("select count(*) from waiting_retry", Integer.class);
        return rows == null ? 0 : rows;
    }

    @Test
    void aServerDoesItBehindEverybodysBack() throws Exception {
        RetriesBehind server = server();
        server.start();
        try {
            Run first = ended(server, "attempt");
            assertThat(waiting()).singleElement().satisfies(next -> {
                assertThat(next.json()).containsEntry("attempt", 1).containsEntry("attempts", 3);
                assertThat(next.due()).isEqualTo(clock.instant().plusMillis(20));
            });
            clock.advance(Duration.ofMillis(20));
            untilMended("attempt", first);
            until(() -> rows() == 0);
        } finally {
            server.stop();
        }
    }

    @Test
    void whatWaitsWhenAServerEndsIsDoneByTheNextOneAtItsTime() throws Exception {
        RetriesBehind ends = server();
        Run first = ended(ends, "attempt");
        ends.stop();
        RetriesBehind early = server();
        early.start();
        // As soon as this one was found to be due and moot, all that is due has been looked at.
        home.house()
                .get(JdbcTemplate.class)
                .update("insert into waiting_retry (after_run, run_id, first_run, mapping, attempt, attempts, due_at)"
                        + " values ('gone', 'gone', 'gone', 'people', 1, 3, timestamp '2020-01-01 00:00:00')");
        until(() -> rows() == 1);
        early.stop();
        assertThat(runs().find("attempt")).as("before its time").isEmpty();

        clock.advance(Duration.ofDays(3));
        RetriesBehind next = server();
        next.start();
        untilMended("attempt", first);
        until(() -> rows() == 0);
        next.stop();
    }

    @Test
    void twoServersDoItOnce() throws Exception {
        RetriesBehind one = server();
        RetriesBehind two = server();
        Run first = ended(one, "attempt");
        one.start();
        two.start();
        clock.advance(Duration.ofSeconds(1));
        untilMended("attempt", first);
        until(() -> rows() == 0);
        one.stop();
        two.stop();
        assertThat(runs().newest("people", 10)).hasSize(2);
    }

    @Test
    void anAttemptThatAServerBeganAndDidNotLiveToNoteIsNotBegunAgain() throws Exception {
        RetriesBehind server = server();
        Run first = ended(server, "attempt");
        server.start();
        clock.advance(Duration.ofSeconds(1));
        untilMended("attempt", first);
        until(() -> rows() == 0);
        home.house().nextId("attempt");
        server.closed(first);
        until(() -> rows() == 1);
        clock.advance(Duration.ofSeconds(1));
        until(() -> rows() == 0);
        server.stop();
        assertThat(runs().newest("people", 10)).hasSize(2);
    }

    @Test
    void linksThatAreInUseMakeItTheNextAttempt() throws Exception {
        RetriesBehind server = server();
        ended(server, "attempt");
        Leases leases = home.house().get(Leases.class);
        Lease other = leases.acquire("people", "other", "elsewhere", Duration.ofHours(1), holder -> false);
        server.start();
        for (int attempt = 2; attempt <= 3; attempt++) {
            int expected = attempt;
            clock.advance(Duration.ofSeconds(1));
            until(() -> waiting().getFirst().attempt() == expected);
        }
        clock.advance(Duration.ofSeconds(1));
        until(() -> rows() == 0);
        server.stop();
        leases.release(other);
        assertThat(runs().find("attempt")).isEmpty();
    }

    @Test
    void aNewerRunTakesThePlaceOfWhatWaits() throws Exception {
        RetriesBehind server = server();
        ended(server, "attempt");
        home.run();
        assertThat(waiting()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        server.start();
        until(() -> rows() == 0);
        server.stop();
        assertThat(runs().find("attempt")).isEmpty();
    }
}
