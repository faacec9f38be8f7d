package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Leases.Holder;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What leases do, whatever database they are in. */
abstract class LeasesContract extends OnPlatformDatabase {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration OVER = Duration.ofSeconds(-1);
    private static final Predicate<String> ALIVE = process -> false;
    private static final Predicate<String> GONE = process -> true;

    private Leases leases;

    LeasesContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void leases() {
        leases = new Leases(database().jdbc(), database().transaction());
    }

    @Test
    void aLeaseThatNobodyHoldsIsGiven() {
        Lease lease = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);

        assertThat(lease).isEqualTo(new Lease("persons", "run1", 1));
        assertThat(leases.holder("persons")).contains(new Holder("run1", "host:1"));
        check(lease);
    }

    @Test
    void aLeaseLastsUntilItIsOverOrIsGivenToSomebodyElse() {
        Lease lease = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        assertThat(leases.lasts(lease, LONG.minusMinutes(1))).isTrue();
        assertThat(leases.lasts(lease, LONG.plusMinutes(1))).isFalse();

        Lease next = leases.acquire("persons", "run2", "host:2", LONG, GONE);
        assertThat(leases.lasts(lease, Duration.ZERO)).isFalse();
        leases.release(next);
        assertThat(leases.lasts(next, Duration.ZERO)).isFalse();
    }

    @Test
    void aLeaseThatIsHeldIsRefusedNamingTheHolder() {
        Lease held = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);

        assertThatExceptionOfType(LeaseHeld.class)
                .isThrownBy(() -> leases.acquire("persons", "run2", "host:2", LONG, ALIVE))
                .withMessageContaining("run1")
                .withMessageContaining("host:1")
                .withMessageContaining("persons")
                .satisfies(refused -> assertThat(refused.runId()).isEqualTo("run1"));
        check(held);
    }

    @Test
    void theSameRunDoesNotGetItsLeaseTwice() {
        leases.acquire("persons", "run1", "host:1", LONG, ALIVE);

        assertThatThrownBy(() -> leases.acquire("persons", "run1", "host:2", LONG, ALIVE))
                .isInstanceOf(LeaseHeld.class);
    }

    @Test
    void eachLinkTypeHasItsOwn() {
        leases.acquire("persons", "run1", "host:1", LONG, ALIVE);

        Lease machines = leases.acquire("machines", "run2", "host:1", LONG, ALIVE);

        assertThat(machines.epoch()).isEqualTo(1);
        assertThat(leases.holder("machines")).contains(new Holder("run2", "host:1"));
        assertThat(leases.holder("printers")).isEmpty();
    }

    @Test
    void allThatHoldOneAreNamed() {
        leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        leases.acquire("machines", "run2", "host:2", LONG, ALIVE);
        leases.acquire("printers", "run3", "host:3", OVER, ALIVE);
        leases.release(leases.acquire("scanners", "run4", "host:4", LONG, ALIVE));

        assertThat(leases.holders())
                .isEqualTo(Map.of("persons", new Holder("run1", "host:1"), "machines", new Holder("run2", "host:2")));
    }

    @Test
    void anExpiredLeaseGoesToTheNext() {
        Lease expired = leases.acquire("persons", "run1", "host:1", OVER, ALIVE);
        assertThat(leases.holder("persons")).isEmpty();

        Lease next = leases.acquire("persons", "run2", "host:2", LONG, ALIVE);

        assertThat(next.epoch()).isEqualTo(expired.epoch() + 1);
        assertThat(leases.holder("persons")).contains(new Holder("run2", "host:2"));
        assertThatThrownBy(() -> check(expired)).isInstanceOf(LeaseLost.class).hasMessageContaining("run1");
        check(next);
    }

    @Test
    void anExpiredLeaseThatNobodyTookStillCounts() {
        Lease expired = leases.acquire("persons", "run1", "host:1", OVER, ALIVE);

        check(expired);
        leases.renew(expired, LONG);

        assertThatThrownBy(() -> leases.acquire("persons", "run2", "host:2", LONG, ALIVE))
                .isInstanceOf(LeaseHeld.class);
    }

    @Test
    void theLeaseOfAProcessThatIsGoneNeedNotExpire() {
        Lease lost = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        List<String> asked = new ArrayList<>();

        Lease next = leases.acquire("persons", "run2", "host:2", LONG, process -> asked.add(process));

        assertThat(asked).containsExactly("host:1");
        assertThat(next.epoch()).isEqualTo(lost.epoch() + 1);
        assertThatThrownBy(() -> check(lost)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void aRenewedLeaseDoesNotExpire() {
        Lease lease = leases.acquire("persons", "run1", "host:1", OVER, ALIVE);

        leases.renew(lease, LONG);

        assertThat(leases.holder("persons")).contains(new Holder("run1", "host:1"));
    }

    @Test
    void aLeaseThatWasLostIsNotRenewed() {
        Lease lost = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        leases.acquire("persons", "run2", "host:2", OVER, GONE);

        assertThatThrownBy(() -> leases.renew(lost, LONG)).isInstanceOf(LeaseLost.class);
        assertThat(leases.holder("persons")).isEmpty();
    }

    @Test
    void aLeaseThatWasGivenBackIsFree() {
        Lease first = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);

        assertThat(leases.release(first)).isTrue();

        assertThat(leases.release(first)).as("once more").isFalse();
        assertThat(leases.holder("persons")).isEmpty();
        assertThat(leases.acquire("persons", "run2", "host:2", LONG, ALIVE).epoch())
                .isEqualTo(2);
    }

    @Test
    void aLeaseThatWasGivenBackIsNeitherRenewedNorGoodForACommit() {
        Lease lease = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        leases.release(lease);

        assertThatThrownBy(() -> leases.renew(lease, LONG)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> check(lease)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void givingBackALostLeaseDoesNotTakeItFromItsHolder() {
        Lease lost = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        Lease held = leases.acquire("persons", "run2", "host:2", LONG, GONE);

        assertThat(leases.release(lost)).isFalse();

        assertThat(leases.holder("persons")).contains(new Holder("run2", "host:2"));
        check(held);
    }

    @Test
    void theEpochGrowsWithEachHolderAlsoOfTheSameRun() {
        List<Long> epochs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Lease lease = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
            epochs.add(lease.epoch());
            leases.release(lease);
        }

        assertThat(epochs).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** Two processes on one database need not have the same time zone, and in autumn an hour comes twice. */
    @Test
    void timeIsTheSameInEveryTimeZone() {
        try (SingleConnectionDataSource east = inTimeZone("+09:00");
                SingleConnectionDataSource west = inTimeZone("-08:00")) {
            Leases eastern = leases(east);
            Leases western = leases(west);

            eastern.acquire("persons", "run1", "host:1", LONG, ALIVE);
            western.acquire("machines", "run2", "host:2", LONG, ALIVE);

            assertThat(western.holder("persons")).contains(new Holder("run1", "host:1"));
            assertThat(eastern.holder("machines")).contains(new Holder("run2", "host:2"));
            assertThatThrownBy(() -> eastern.acquire("machines", "run3", "host:3", LONG, ALIVE))
                    .isInstanceOf(LeaseHeld.class);
            western.acquire("printers", "run4", "host:4", OVER, ALIVE);
            eastern.acquire("scanners", "run5", "host:5", OVER, ALIVE);
            assertThat(eastern.holder("printers")).isEmpty();
            assertThat(western.holder("scanners")).isEmpty();
            assertThat(western.holders()).isEqualTo(eastern.holders());
        }
    }

    // Several at once

    @Test
    void ofManyThatAskAtOnceOneGetsIt() throws Exception {
        int many = 8;
        CyclicBarrier start = new CyclicBarrier(many);
        List<Lease> given = new ArrayList<>();
        List<LeaseHeld> refused = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String run = "run" + i;
                answers.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return acquireOrRefusal(run, ALIVE);
                }));
            }
            for (Future<Object> answer : answers) {
                switch (answer.get(2, TimeUnit.MINUTES)) {
                    case Lease lease -> given.add(lease);
                    case LeaseHeld held -> refused.add(held);
                    default -> throw new AssertionError();
                }
            }
        }

        assertThat(given).hasSize(1);
        assertThat(given.getFirst().epoch()).isEqualTo(1);
        assertThat(refused)
                .hasSize(many - 1)
                .allSatisfy(held ->
                        assertThat(held.runId()).isEqualTo(given.getFirst().runId()));
    }

    @Test
    void manyThatTakeItFromEachOtherGetDifferentEpochs() throws Exception {
        int many = 8;
        List<Long> epochs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String run = "run" + i;
                answers.add(threads.submit(() -> acquireOrRefusal(run, GONE)));
            }
            for (Future<Object> answer : answers) {
                epochs.add(((Lease) answer.get(2, TimeUnit.MINUTES)).epoch());
            }
        }

        assertThat(epochs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aLeaseIsNotTakenBetweenTheCheckAndTheCommit() throws Exception {
        Lease held = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Object> taking = database().transaction().execute(status -> {
                database().jdbc().update("delete from link");
                leases.check(held);
                Future<Object> asked = thread.submit(() -> acquireOrRefusal("run2", GONE));
                assertThatThrownBy(() -> asked.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                return asked;
            });

            assertThat(taking.get(2, TimeUnit.MINUTES)).isEqualTo(new Lease("persons", "run2", 2));
        }
    }

    @Test
    void pagesOfOneRunDoNotEndEachOther() throws Exception {
        Lease held = leases.acquire("persons", "run1", "host:1", LONG, ALIVE);
        int pages = 40;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> commits = new ArrayList<>();
            for (int i = 0; i < pages; i++) {
                commits.add(threads.submit(() -> check(held)));
                commits.add(threads.submit(() -> leases.renew(held, LONG)));
            }
            for (Future<?> commit : commits) {
                commit.get(2, TimeUnit.MINUTES);
            }
        }
        check(held);
    }

    private void check(Lease lease) {
        database().transaction().executeWithoutResult(status -> leases.check(lease));
    }

    /** The lease or the refusal; what the database ends for other reasons is asked again. */
    private Object acquireOrRefusal(String run, Predicate<String> gone) {
        while (true) {
            try {
                return leases.acquire("persons", run, "host:" + run, LONG, gone);
            } catch (LeaseHeld held) {
                return held;
            } catch (TransientDataAccessException again) {
                Thread.onSpinWait();
            }
        }
    }

    private Leases leases(SingleConnectionDataSource connection) {
        return new Leases(
                new JdbcTemplate(connection), new TransactionTemplate(new JdbcTransactionManager(connection)));
    }

    private SingleConnectionDataSource inTimeZone(String offset) {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(
                database().pool().getJdbcUrl(),
                database().pool().getUsername(),
                database().pool().getPassword(),
                true);
        boolean h2 = LedgerDialect.of(database().jdbc()) == LedgerDialect.H2;
        new JdbcTemplate(connection).execute((h2 ? "set time zone '" : "set time_zone = '") + offset + "'");
        return connection;
    }
}
