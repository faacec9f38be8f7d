package dev.concord.ledger;

import static dev.concord.ledger.CountsTest.assertSame;
import static dev.concord.ledger.EntryCodecTest.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the segments of a run do, whatever database they are in. */
abstract class RunLedgerContract extends OnPlatformDatabase {

    private static final Partition FIRST = new Partition(Phase.SOURCE, 0, null, "m");
    private static final Partition SECOND = new Partition(Phase.SOURCE, 1, "m", null);
    private static final OpKind CREATED = new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS);

    private Leases leases;
    private RunLedger ledger;

    RunLedgerContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void ledger() {
        leases = new Leases(database().jdbc(), database().transaction());
        ledger = ledgerOf("run1");
    }

    // Opening

    @Test
    void aPhaseThatWasNeverOpenedHasNoPartitions() {
        assertThat(ledger.partitions(Phase.SOURCE)).isEmpty();
    }

    @Test
    void anOpenedPhaseKnowsThePartitionsAndTheirRanges() {
        List<Partition> partitions = List.of(
                new Partition(Phase.SOURCE, 0, null, "Ärger 日本 😀 \"x\" "),
                new Partition(Phase.SOURCE, 1, "Ärger 日本 😀 \"x\" ", "9223372036854775807"),
                new Partition(Phase.SOURCE, 2, "9223372036854775807", null));

        assertThat(open(ledger, Phase.SOURCE, partitions)).isEqualTo(partitions);

        assertThat(ledger.partitions(Phase.SOURCE)).isEqualTo(partitions);
        assertThat(ledger.partitions(Phase.TARGET)).isEmpty();
        assertThat(ledger.position(partitions.get(1))).isEqualTo(new PartitionPosition(partitions.get(1), 0, null));
        assertSame(ledger.counts(null), new Counts());
    }

    @Test
    void partitionsComeInTheOrderOfTheirNumbersAlsoBeyondTen() {
        List<Partition> partitions = new ArrayList<>(IntStream.range(0, 12)
                .mapToObj(i -> new Partition(Phase.SOURCE, i, "" + i, null))
                .toList());
        List<Partition> shuffled = new ArrayList<>(partitions);
        Collections.shuffle(shuffled, new Random(1));
        open(ledger, Phase.SOURCE, shuffled);

        assertThat(ledger.partitions(Phase.SOURCE)).isEqualTo(partitions);
    }

    @Test
    void aPhaseThatIsOpenedAgainKeepsThePartitionsOfItsFirstStart() {
        open(ledger, Phase.SOURCE, List.of(FIRST, SECOND));
        append(ledger, ledger.position(FIRST), "token", segment("c", 1));

        List<Partition> again = open(ledger, Phase.SOURCE, List.of(new Partition(Phase.SOURCE, 0, "x", "y")));

        assertThat(again).containsExactly(FIRST, SECOND);
        assertThat(ledger.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 1, "c"));
    }

    @Test
    void aLaterHolderOfTheLeaseFindsThePhaseOpened() {
        open(ledger, Phase.SOURCE, List.of(FIRST, SECOND));
        append(ledger, ledger.position(SECOND), "token", segment("q", 1));

        RunLedger restarted = ledgerOf("run1");

        assertThat(open(restarted, Phase.SOURCE, List.of(FIRST))).containsExactly(FIRST, SECOND);
        assertThat(restarted.position(SECOND)).isEqualTo(new PartitionPosition(SECOND, 1, "q"));
        assertThat(restarted.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 0, null));
    }

    @Test
    void whoLostTheLeaseCannotOpenAPhase() {
        ledgerOf("run2");

        assertThatThrownBy(() -> open(ledger, Phase.SOURCE, List.of(FIRST))).isInstanceOf(LeaseLost.class);
        assertThat(ledger.partitions(Phase.SOURCE)).isEmpty();
    }

    @Test
    void whoLostTheLeaseWhileItOpenedAPhaseLearnsThatItLostIt() throws Exception {
        RunLedger restarted = ledgerOf("run1");
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> late = database().transaction().execute(status -> {
                restarted.open(Phase.SOURCE, List.of(FIRST));
                // It does not see what is not committed yet, and waits for it when it writes.
                Future<?> opening = thread.submit(() -> open(ledger, Phase.SOURCE, List.of(SECOND, FIRST)));
                assertThatThrownBy(() -> opening.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                return opening;
            });

            assertThatThrownBy(() -> late.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(LeaseLost.class);
        }
        assertThat(restarted.partitions(Phase.SOURCE)).containsExactly(FIRST);
    }

    // Appending

    @Test
    void eachSegmentMovesItsPartitionOn() {
        open(ledger, Phase.SOURCE, List.of(FIRST, SECOND));

        PartitionPosition one = append(ledger, ledger.position(FIRST), "a", segment("c", 1));
        PartitionPosition two = append(ledger, one, "b", segment("日本 'x' ", 1));
        append(ledger, ledger.position(SECOND), "c", segment("p", 1));

        assertThat(one).isEqualTo(new PartitionPosition(FIRST, 1, "c"));
        assertThat(two).isEqualTo(new PartitionPosition(FIRST, 2, "日本 'x' "));
        assertThat(ledger.position(FIRST)).isEqualTo(two);
        assertThat(ledger.position(SECOND)).isEqualTo(new PartitionPosition(SECOND, 1, "p"));
    }

    @Test
    void thePositionIsThatOfTheHighestNumberAlsoBeyondTen() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition position = ledger.position(FIRST);
        for (int i = 1; i <= 12; i++) {
            position = append(ledger, position, "token" + i, segment("key" + i, 1));
        }

        assertThat(ledger.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 12, "key12"));
    }

    @Test
    void anEmptyPartitionMayEndWithoutAKey() {
        open(ledger, Phase.SOURCE, List.of(FIRST));

        append(ledger, ledger.position(FIRST), "a", segment(null, 0));

        assertThat(ledger.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 1, null));
    }

    @Test
    void aLongKeyIsKeptWhole() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        String key = "ä".repeat(2000);

        append(ledger, ledger.position(FIRST), "a", segment(key, 1));

        assertThat(ledger.position(FIRST).lastKey()).isEqualTo(key);
    }

    @Test
    void aSegmentThatIsRolledBackLeavesNothing() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);

        database().transaction().executeWithoutResult(status -> {
            ledger.append(
                    start, "a", new Segment("c", counts(5), new long[] {1, 2}, List.of(entry("s1", "rolled back"))));
            status.setRollbackOnly();
        });

        assertThat(ledger.position(FIRST)).isEqualTo(start);
        assertSame(ledger.counts(null), new Counts());
        assertThat(ledger.handled().contains(1)).isFalse();
        assertThat(rows("segment_entries")).isZero();
        assertThat(append(ledger, start, "a", segment("c", 5)).segmentNumber()).isEqualTo(1);
    }

    @Test
    void aPageWhoseCommitDidHappenIsNotCommittedTwice() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        PartitionPosition committed = append(ledger, start, "token", segment("c", 1));

        // The connection broke when the commit was answered, so the page is tried once more.
        assertThatExceptionOfType(RunLedger.AlreadyCommitted.class)
                .isThrownBy(() -> append(ledger, start, "token", segment("somewhere else", 1)))
                .satisfies(already -> assertThat(already.position()).isEqualTo(committed));
        assertThat(ledger.position(FIRST)).isEqualTo(committed);
        assertSame(ledger.counts(null), counts(1));
    }

    @Test
    void nothingIsIntendedForAPageWhoseCommitDidHappen() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        PartitionPosition committed = append(ledger, start, "token", segment("c", 1));

        assertThatExceptionOfType(RunLedger.AlreadyCommitted.class)
                .isThrownBy(() -> intend(start, "token"))
                .satisfies(already -> assertThat(already.position()).isEqualTo(committed));
        assertThatThrownBy(() -> intend(start, "another")).isInstanceOf(IllegalStateException.class);
        assertThat(rows("intent")).isZero();
        intend(committed, "next");
        assertThat(ledger.intents().of(committed)).containsExactly("line");
    }

    @Test
    void whoeverIntendsWaitsForACommitOfThePageThatIsUnderWay() throws Exception {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> late = database().transaction().execute(status -> {
                ledger.append(start, "token", segment("c", 1));
                Future<?> intending = thread.submit(() -> intend(start, "token"));
                assertThatThrownBy(() -> intending.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                return intending;
            });

            assertThatThrownBy(() -> late.get(2, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(RunLedger.AlreadyCommitted.class);
        }
        assertThat(rows("intent")).isZero();
    }

    private void intend(PartitionPosition position, String token) {
        database()
                .transaction()
                .executeWithoutResult(
                        status -> ledger.intents().add(position, token, List.of("line"), new AtomicInteger()));
    }

    @Test
    void aPageThatWasCommittedBeforeTheLeaseWasLostIsKnownToBeCommitted() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        append(ledger, start, "token", segment("c", 1));
        ledgerOf("run1");

        assertThatThrownBy(() -> append(ledger, start, "token", segment("c", 1)))
                .isInstanceOf(RunLedger.AlreadyCommitted.class);
    }

    @Test
    void aSegmentThatAnotherHolderWroteMeansThatTheLeaseIsLost() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        RunLedger restarted = ledgerOf("run1");
        append(restarted, restarted.position(FIRST), "theirs", segment("d", 1));

        assertThatThrownBy(() -> append(ledger, start, "mine", segment("c", 1)))
                .isInstanceOf(LeaseLost.class)
                .hasMessageContaining("run1");
        assertThat(restarted.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 1, "d"));
    }

    @Test
    void aSegmentThatTheSameHolderWroteElsewhereIsNotOverwrittenAndTheLeaseIsNotCalledLost() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        append(ledger, start, "theirs", segment("d", 1));

        assertThatThrownBy(() -> append(ledger, start, "mine", segment("c", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SOURCE")
                .hasMessageContaining("run1");
        assertThat(ledger.position(FIRST)).isEqualTo(new PartitionPosition(FIRST, 1, "d"));
    }

    @Test
    void aHolderThatLostItsLeaseCannotAppend() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        ledgerOf("run2");

        assertThatThrownBy(() -> append(ledger, start, "token", segment("c", 1)))
                .isInstanceOf(LeaseLost.class);
        assertThat(ledger.position(FIRST)).isEqualTo(start);
        assertThat(rows("segment")).isEqualTo(1);
    }

    @Test
    void whatAPageChangedGoesAwayWithItsSegmentWhenTheLeaseIsLost() {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);

        assertThatThrownBy(() -> database().transaction().executeWithoutResult(status -> {
                    database()
                            .jdbc()
                            .update(
                                    "insert into link (first_key, link_type, qualifier, second_key, first_id, second_id, revision)"
                                            + " values (?, 'persons', 'default', ?, 's', 't', 0)",
                                    new byte[] {1},
                                    new byte[] {2});
                    ledgerOf("run2");
                    ledger.append(start, "token", segment("c", 1));
                }))
                .isInstanceOf(LeaseLost.class);
        assertThat(rows("link")).isZero();
    }

    @Test
    void partitionsAreWorkedOnAtOnce() throws Exception {
        int partitions = 4;
        int pages = 10;
        open(
                ledger,
                Phase.SOURCE,
                IntStream.range(0, partitions)
                        .mapToObj(i -> new Partition(Phase.SOURCE, i, "" + i, null))
                        .toList());
        try (ExecutorService threads = Executors.newFixedThreadPool(partitions)) {
            List<Future<?>> work = new ArrayList<>();
            for (Partition partition : ledger.partitions(Phase.SOURCE)) {
                work.add(threads.submit(() -> {
                    PartitionPosition position = ledger.position(partition);
                    for (int page = 1; page <= pages; page++) {
                        position = append(ledger, position, partition.number() + "/" + page, segment("k" + page, 1));
                    }
                }));
            }
            for (Future<?> each : work) {
                each.get(2, TimeUnit.MINUTES);
            }
        }

        assertSame(ledger.counts(Phase.SOURCE), counts(partitions * pages));
        assertThat(ledger.partitions(Phase.SOURCE))
                .allSatisfy(partition -> assertThat(ledger.position(partition))
                        .isEqualTo(new PartitionPosition(partition, pages, "k" + pages)));
    }

    @Test
    void ofTwoHoldersThatAppendAtOnceTheOneThatLostTheLeaseStops() throws Exception {
        open(ledger, Phase.SOURCE, List.of(FIRST));
        PartitionPosition start = ledger.position(FIRST);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> old = thread.submit(() -> {
                PartitionPosition position = start;
                while (true) {
                    position = append(ledger, position, "old" + position.segmentNumber(), segment("old", 1));
                }
            });
            RunLedger restarted = ledgerOf("run1");
            PartitionPosition position = restarted.position(FIRST);
            for (int i = 0; i < 5; i++) {
                position = append(restarted, position, "new" + i, segment("new" + i, 1));
            }

            assertThatThrownBy(() -> old.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(LeaseLost.class);
            assertThat(restarted.position(FIRST)).isEqualTo(position);
            assertSame(restarted.counts(null), counts(position.segmentNumber()));
        }
    }

    // Reading back

    @Test
    void countsAreTheSumOfAllSegmentsOrOfThoseOfAPhase() {
        Partition target = new Partition(Phase.TARGET, 0, null, null);
        open(ledger, Phase.SOURCE, List.of(FIRST, SECOND));
        open(ledger, Phase.TARGET, List.of(target));
        PartitionPosition one = append(ledger, ledger.position(FIRST), "a", segment("a", 3));
        append(ledger, one, "b", segment("b", -1));
        append(ledger, ledger.position(SECOND), "c", segment("c", 10));
        append(ledger, ledger.position(target), "d", segment("d", 100));
        RunLedger other = ledgerOf("run2");
        open(other, Phase.SOURCE, List.of(FIRST));
        append(other, other.position(FIRST), "e", segment("e", 1000));

        assertSame(ledger.counts(null), counts(112));
        assertSame(ledger.counts(Phase.SOURCE), counts(12));
        assertSame(ledger.counts(Phase.TARGET), counts(100));
        assertSame(ledger.counts(Phase.LINKS), new Counts());
        assertSame(other.counts(null), counts(1000));
    }

    @Test
    void whatWasHandledIsThatOfAllSegmentsOfTheRun() {
        Partition target = new Partition(Phase.TARGET, 0, null, null);
        open(ledger, Phase.SOURCE, List.of(FIRST, SECOND));
        open(ledger, Phase.TARGET, List.of(target));
        PartitionPosition position = ledger.position(FIRST);
        for (int page = 0; page < 600; page++) {
            position = append(ledger, position, "a" + page, handling(page * 3L, page * 3L + 1));
        }
        append(ledger, ledger.position(SECOND), "b", handling(Long.MIN_VALUE, Long.MAX_VALUE, -1));
        append(ledger, ledger.position(target), "c", handling(1_000_000));
        RunLedger other = ledgerOf("run2");
        open(other, Phase.SOURCE, List.of(FIRST));
        append(other, other.position(FIRST), "d", handling(2_000_000));

        Handled handled = ledger.handled();

        assertThat(LongStream.range(0, 1800))
                .allSatisfy(hash -> assertThat(handled.contains(hash)).isEqualTo(hash % 3 != 2));
        assertThat(LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE, -1, 1_000_000)).allMatch(handled::contains);
        assertThat(LongStream.of(-2, 1800, 2_000_000)).noneMatch(handled::contains);
    }

    @Test
    void nothingWasHandledInARunThatDidNothing() {
        open(ledger, Phase.SOURCE, List.of(FIRST));

        assertThat(ledger.handled().contains(0)).isFalse();
    }

    /** A ledger for a run that takes the lease from whoever has it. */
    private RunLedger ledgerOf(String runId) {
        Lease lease = leases.acquire("persons", runId, "host:1", Duration.ofHours(1), process -> true);
        return new RunLedger(database().jdbc(), leases, lease);
    }

    private List<Partition> open(RunLedger ledger, Phase phase, List<Partition> partitions) {
        return database().transaction().execute(status -> ledger.open(phase, partitions));
    }

    private PartitionPosition append(RunLedger ledger, PartitionPosition position, String token, Segment segment) {
        return database().transaction().execute(status -> ledger.append(position, token, segment));
    }

    private long rows(String table) {
        return database().jdbc().queryForObject("select count(*) from " + table, Long.class);
    }

    private static Segment segment(String lastKey, long created) {
        return new Segment(lastKey, counts(created), new long[0], List.of());
    }

    private static Segment handling(long... hashes) {
        return new Segment("key", new Counts(), hashes, List.of());
    }

    private static Counts counts(long created) {
        Counts counts = new Counts();
        counts.addOp(CREATED, created);
        counts.add(Measure.CREATED, created);
        return counts;
    }
}
