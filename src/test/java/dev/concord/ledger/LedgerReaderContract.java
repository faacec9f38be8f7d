package dev.concord.ledger;

import static dev.concord.ledger.CountsTest.assertSame;
import static dev.concord.ledger.EntryCodecTest.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read out of a ledger, whatever database it is in. */
abstract class LedgerReaderContract extends OnPlatformDatabase {

    private static final Partition FIRST = new Partition(Phase.SOURCE, 0, null, "m");
    private static final Partition SECOND = new Partition(Phase.SOURCE, 1, "m", null);
    private static final Partition TARGETS = new Partition(Phase.TARGET, 0, null, null);
    private static final OpKind CREATED = new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS);
    private static final OpKind FAILED = new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SCRIPT);
    private static final Predicate<Counts> ALL = counts -> true;

    private LedgerReader reader;
    private RunLedger ledger;

    LedgerReaderContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void ledger() {
        reader = new LedgerReader(database().jdbc());
        ledger = ledgerOf("run1");
    }

    @Test
    void segmentsAreReadInTheOrderInWhichTheyWereWritten() {
        append(SECOND, CREATED, "b1");
        append(FIRST, CREATED, "a1");
        append(SECOND, CREATED, "b2");
        append(TARGETS, CREATED, "t1");

        assertThat(reader.segments("run1", ALL))
                .containsExactly(
                        new SegmentId(Phase.SOURCE, 1, 1),
                        new SegmentId(Phase.SOURCE, 0, 1),
                        new SegmentId(Phase.SOURCE, 1, 2),
                        new SegmentId(Phase.TARGET, 0, 1));
        assertThat(sources("run1", ALL)).containsExactly("b1", "a1", "b2", "t1");
    }

    @Test
    void onlySegmentsWhoseCountsAreWorthItAreRead() {
        append(FIRST, CREATED, "a1", "a2");
        append(FIRST, FAILED, "a3");
        append(FIRST, CREATED, "a4");
        append(TARGETS, FAILED, "t1");

        assertThat(reader.segments("run1", counts -> counts.failures() > 0))
                .containsExactly(new SegmentId(Phase.SOURCE, 0, 2), new SegmentId(Phase.TARGET, 0, 1));
        assertThat(sources("run1", counts -> counts.failures() > 0)).containsExactly("a3", "t1");
        assertThat(sources("run1", counts -> false)).isEmpty();
    }

    @Test
    void thePredicateSeesTheCountsOfEachSegmentButNotOfTheOpening() {
        append(FIRST, CREATED, "a1", "a2");
        append(FIRST, FAILED, "a3");
        List<Long> seen = new ArrayList<>();

        reader.segments("run1", counts -> seen.add(counts.get(Measure.OPS)));

        assertThat(seen).containsExactly(2L, 1L);
    }

    @Test
    void entriesComeInTheirOrderWithTheirPlace() {
        append(FIRST, CREATED, "a1", "a2", "a3");
        append(SECOND, CREATED, "b1");
        List<String> seen = new ArrayList<>();

        reader.entries(
                "run1",
                ALL,
                (segment, index, entry) -> seen.add(segment.phase() + "/" + segment.partition() + "/" + segment.number()
                        + "/" + index + " " + entry.sourceId()));

        assertThat(seen).containsExactly("SOURCE/0/1/0 a1", "SOURCE/0/1/1 a2", "SOURCE/0/1/2 a3", "SOURCE/1/1/0 b1");
    }

    @Test
    void readingStopsWhenTheReaderHasEnough() {
        append(FIRST, CREATED, "a1", "a2", "a3");
        append(SECOND, CREATED, "b1");
        List<String> seen = new ArrayList<>();

        reader.entries("run1", ALL, (segment, index, entry) -> {
            seen.add(entry.sourceId());
            return seen.size() < 2;
        });

        assertThat(seen).containsExactly("a1", "a2");
    }

    @Test
    void oneSegmentIsReadByItself() {
        append(FIRST, CREATED, "a1");
        append(FIRST, CREATED, "a2", "a3");
        append(SECOND, CREATED, "b1");

        assertThat(reader.entries("run1", new SegmentId(Phase.SOURCE, 0, 2)))
                .containsExactly(entry("a2", "message"), entry("a3", "message"));
        assertThat(reader.entries("run1", new SegmentId(Phase.SOURCE, 0, 3))).isEmpty();
        assertThat(reader.entries("run1", new SegmentId(Phase.TARGET, 0, 1))).isEmpty();
    }

    @Test
    void entriesOfManyPartsComeInTheirOrder() {
        Random random = new Random(1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            byte[] noise = new byte[60_000];
            random.nextBytes(noise);
            entries.add(entry("s" + i, Base64.getEncoder().encodeToString(noise)));
        }
        appendEntries(FIRST, CREATED, entries);

        Long parts = database().jdbc().queryForObject("select count(*) from segment_entries", Long.class);

        assertThat(parts).isGreaterThan(10);
        assertThat(reader.entries("run1", new SegmentId(Phase.SOURCE, 0, 1))).isEqualTo(entries);
    }

    @Test
    void aSearchFindsWhatItsFilterSelectsWithItsPlace() {
        append(FIRST, CREATED, "a1", "a2");
        append(FIRST, FAILED);
        append(SECOND, CREATED, "b1", "a2");
        List<String> found = new ArrayList<>();

        EntrySearch.of(Filter.parse("sourceObjectId eq \"a2\""))
                .each(reader, runOf("run1"), (entry, document) -> found.add(String.valueOf(document.get("_id"))));

        assertThat(found).containsExactly("run1_SOURCE_0_1_1", "run1_SOURCE_1_1_1");
    }

    @Test
    void numbersComeFromCountsWhereTheyCanAndFromEntriesWhereTheyMust() {
        append(FIRST, CREATED, "a1", "a2");
        appendCounted(SECOND, FAILED, 5, List.of(entry("b1", "message")));
        Run run = runOf("run1");

        EntryCounts ops = EntryCounts.of(
                reader, run, EntrySearch.of(Filter.parse("situation eq \"ABSENT\"")), EntryCounts.By.STATUS);
        EntryCounts entries = EntryCounts.of(
                reader, run, EntrySearch.of(Filter.parse("sourceObjectId sw \"a\"")), EntryCounts.By.SITUATION);

        assertThat(ops.ofEntries()).isFalse();
        assertThat(ops.lines())
                .containsExactly(new EntryCounts.Line("FAILURE", 5, 5), new EntryCounts.Line("SUCCESS", 2, 0));
        assertThat(entries.ofEntries()).isTrue();
        assertThat(entries.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.count()).isEqualTo(2));
    }

    @Test
    void aSegmentWithoutEntriesHasNone() {
        append(FIRST, CREATED);

        assertThat(reader.segments("run1", ALL)).hasSize(1);
        assertThat(sources("run1", ALL)).isEmpty();
    }

    @Test
    void anotherRunIsNotSeen() {
        append(FIRST, CREATED, "a1");
        ledger = ledgerOf("run2");
        append(FIRST, FAILED, "other");

        assertThat(sources("run1", ALL)).containsExactly("a1");
        assertThat(sources("run2", ALL)).containsExactly("other");
        assertThat(sources("run3", ALL)).isEmpty();
        assertThat(reader.counts("run1", null).failures()).isZero();
        assertSame(reader.counts("run3", null), new Counts());
    }

    @Test
    void countsAreThoseTheLedgerItselfGives() {
        append(FIRST, CREATED, "a1");
        append(SECOND, FAILED, "b1");
        append(TARGETS, FAILED, "t1");

        assertSame(reader.counts("run1", null), ledger.counts(null));
        assertSame(reader.counts("run1", Phase.TARGET), ledger.counts(Phase.TARGET));
        assertThat(reader.counts("run1", Phase.SOURCE).failures()).isEqualTo(1);
    }

    @Test
    void talliesTellTheSameHoweverOftenAndWhateverCameBetween() {
        RunTallies tallies = new RunTallies(database().jdbc());
        append(SECOND, CREATED, "b1");
        append(FIRST, FAILED, "a1", "a2");
        assertTold(tallies, run(Instant.EPOCH));
        append(TARGETS, FAILED, "t1");
        append(FIRST, CREATED, "a3");
        assertTold(tallies, run(Instant.EPOCH.plusSeconds(1)));
        assertTold(tallies, run(Instant.EPOCH.plusSeconds(1)));

        assertSame(tallies.view(run(null)).counts(), reader.counts("run1", null));
        append(SECOND, CREATED, "b2");
        assertSame(tallies.view(run(Instant.EPOCH.plusSeconds(2))).counts(), reader.counts("run1", null));
    }

    private void assertTold(RunTallies tallies, Run run) {
        for (Phase phase : Phase.values()) {
            assertSame(tallies.view(run).counts(phase), reader.view(run).counts(phase));
        }
        Predicate<Counts> failures = counts -> counts.failures() > 0;
        assertThat(tallies.segmentsWithEntries(run, failures)).isEqualTo(reader.segmentsWithEntries("run1", failures));
        assertThat(tallies.segmentsWithEntries(run, ALL)).isEqualTo(reader.segmentsWithEntries("run1", ALL));
    }

    /** @param ended null while it is active */
    private static Run run(@Nullable Instant ended) {
        return new Run(
                "run1",
                1,
                "persons",
                "persons",
                RunKind.FULL,
                false,
                Map.of(),
                "",
                0,
                ended == null ? RunState.ACTIVE : RunState.FAILED,
                Stage.ACTIVE_INITIALIZED,
                null,
                null,
                Run.Facts.UNKNOWN,
                null,
                Instant.EPOCH,
                ended);
    }

    private List<String> sources(String runId, Predicate<Counts> worthReading) {
        List<String> sources = new ArrayList<>();
        reader.entries(runId, worthReading, (segment, index, entry) -> sources.add(entry.sourceId()));
        return sources;
    }

    private RunLedger ledgerOf(String runId) {
        Leases leases = new Leases(database().jdbc(), database().transaction());
        Lease lease = leases.acquire("persons", runId, "host:1", Duration.ofHours(1), process -> true);
        RunLedger opened = new RunLedger(database().jdbc(), leases, lease);
        database().transaction().executeWithoutResult(status -> {
            opened.open(Phase.SOURCE, List.of(FIRST, SECOND));
            opened.open(Phase.TARGET, List.of(TARGETS));
        });
        return opened;
    }

    private void append(Partition partition, OpKind kind, String... sourceIds) {
        appendEntries(
                partition,
                kind,
                Arrays.stream(sourceIds).map(id -> entry(id, "message")).toList());
    }

    private static Run runOf(String id) {
        return new Run(
                id,
                1,
                "hr",
                "hr",
                RunKind.FULL,
                false,
                Map.of(),
                "hash",
                7,
                RunState.SUCCESS,
                Stage.COMPLETED_SUCCESS,
                null,
                null,
                Run.Facts.UNKNOWN,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private void appendEntries(Partition partition, OpKind kind, List<Entry> entries) {
        appendCounted(partition, kind, entries.size(), entries);
    }

    private void appendCounted(Partition partition, OpKind kind, int ops, List<Entry> entries) {
        Counts counts = new Counts();
        counts.addOp(kind, ops);
        counts.add(Measure.OPS, entries.size());
        database()
                .transaction()
                .executeWithoutResult(status -> ledger.append(
                        ledger.position(partition),
                        "token" + System.nanoTime(),
                        new Segment("key", counts, new long[0], entries)));
    }
}
