package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How ledgers of old runs go, whatever database they are in. */
abstract class OldRunsContract extends OnPlatformDatabase {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Partition ALL = new Partition(Phase.SOURCE, 0, null, null);

    private OldRuns old;
    private Runs runs;
    private LedgerReader reader;

    OldRunsContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void parts() {
        old = new OldRuns(database().jdbc(), database().transaction());
        runs = new Runs(database().jdbc());
        reader = new LedgerReader(database().jdbc());
    }

    @Test
    void whatARunCountedStaysWhenItsLedgerGoes() {
        create("run-1", "persons", Map.of());
        append("run-1", 130);
        close("run-1");
        RunView before = reader.view(run("run-1"));

        dropAll("run-1");

        assertThat(rows("segment_entries") + rows("segment")).isZero();
        assertThat(run("run-1").entriesDropped()).isEqualTo(NOW);
        assertThat(runs.entriesDropped("run-1")).contains(NOW);
        assertThat(counted(reader.view(run("run-1")))).isEqualTo(counted(before));
        assertThat(old.of("persons"))
                .singleElement()
                .satisfies(one -> assertThat(one.ledgerGone()).isTrue());
    }

    @Test
    void whoeverIsInterruptedLeavesWhatTheNextOneCanGoOnWith() {
        create("run-1", "persons", Map.of());
        append("run-1", 130);
        close("run-1");
        RunView before = reader.view(run("run-1"));

        assertThat(old.giveUp("run-1", NOW)).isTrue();
        int steps = 0;
        do {
            parts();
            assertThat(counted(reader.view(run("run-1")))).isEqualTo(counted(before));
            steps++;
        } while (old.takeAway("run-1"));

        assertThat(steps).isGreaterThan(2);
        assertThat(counted(reader.view(run("run-1")))).isEqualTo(counted(before));
        assertThat(rows("segment_entries") + rows("segment")).isZero();
    }

    @Test
    void whoFollowsARunCountsEverythingOnceAlsoWhenItsLedgerGoesMeanwhile() {
        create("run-1", "persons", Map.of());
        append("run-1", 3);
        Counts followed = new Counts();
        RunCounts follower = new RunCounts(database().jdbc(), "run-1");
        follower.follow((phase, counts) -> followed.add(counts));
        append("run-1", 2);
        close("run-1");
        Counts all = reader.view(run("run-1")).counts();

        dropAll("run-1");
        follower.follow((phase, counts) -> followed.add(counts));
        follower.follow((phase, counts) -> followed.add(counts));

        assertThat(followed.toJson()).isEqualTo(all.toJson());
    }

    @Test
    void anActiveRunOneThatWaitsAndOneThatIsReadAreNotGivenUp() {
        create("active", "persons", Map.of("plan", "read"));
        create("read", "persons", Map.of());
        close("read");
        create("waiting", "persons", Map.of());
        close("waiting", RunState.FAILED, RunCondition.WAITING_FOR_APPROVAL);

        assertThat(old.giveUp("active", NOW)).isFalse();
        assertThat(old.giveUp("read", NOW)).isFalse();
        assertThat(old.giveUp("waiting", NOW)).isFalse();
        close("active");
        assertThat(old.giveUp("read", NOW)).isTrue();
    }

    @Test
    void aRunThatWasGivenUpCannotBeContinued() {
        create("run-1", "persons", Map.of());
        close("run-1", RunState.FAILED, null);
        old.giveUp("run-1", NOW);

        assertThatThrownBy(() -> runs.reopen("run-1", Instant.now())).hasMessageContaining("run-1");
        assertThat(run("run-1").state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void thousandsOfSmallRunsGoWhileAnotherOneWorksAndTwoTakeThemAway() throws Exception {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            rows.add(new Object[] {"old-" + i});
        }
        create("old-", "persons", Map.of());
        append("old-", 1);
        close("old-");
        copy("recon_run", rows);
        copy("segment", rows);
        copy("segment_entries", rows);
        create("live", "persons", Map.of());

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(threads.submit(() -> old.of("persons").stream()
                        .map(OldRuns.Old::id)
                        .filter(id -> id.startsWith("old-"))
                        .forEach(id -> {
                            dropAll(id);
                            old.forget(id);
                        })));
            }
            append("live", 40);
            for (Future<?> one : both) {
                one.get();
            }
        }

        assertThat(old.of("persons")).extracting(OldRuns.Old::id).containsExactly("live");
        assertThat(rows("segment")).isEqualTo(41);
        assertThat(rows("segment_entries")).isEqualTo(40);
    }

    /** Copies the rows of the run {@code old-} for others. */
    private void copy(String table, List<Object[]> ids) {
        List<String> columns = database()
                .jdbc()
                .queryForList("select * from " + table + " where run_id = 'old-' limit 1")
                .getFirst()
                .keySet()
                .stream()
                .map(String::toLowerCase)
                .filter(column -> !List.of("run_id", "run_number", "seq").contains(column))
                .toList();
        String names = String.join(", ", columns);
        database()
                .jdbc()
                .batchUpdate(
                        "insert into " + table + " (run_id, " + names + ") select cast(? as char(64)), " + names
                                + " from " + table + " where run_id = 'old-'",
                        ids);
        database().jdbc().update("update " + table + " set run_id = trim(run_id)");
    }

    /** All that a run tells but that its entries are gone. */
    private static Map<String, Object> counted(RunView view) {
        Map<String, Object> json = view.json(NOW);
        json.remove("entriesDropped");
        return json;
    }

    private void dropAll(String id) {
        if (old.giveUp(id, NOW)) {
            while (old.takeAway(id)) {
                // The next piece.
            }
            old.tookAll(id, NOW);
        }
    }

    private Run run(String id) {
        return runs.find(id).orElseThrow();
    }

    private long rows(String table) {
        Long rows = database().jdbc().queryForObject("select count(*) from " + table, Long.class);
        return rows == null ? 0 : rows;
    }

    private void create(String id, String mapping, Map<String, Object> parameters) {
        runs.create(new Runs.NewRun(
                id, mapping, id, RunKind.FULL, false, Map.copyOf(parameters), Map.of("a.yaml", "a"), "hash", 7, NOW));
    }

    private void close(String id) {
        close(id, RunState.SUCCESS, null);
    }

    private void close(String id, RunState state, RunCondition condition) {
        runs.close(id, new Runs.Ending(state, Stage.COMPLETED_SUCCESS, condition, null, reader.counts(id, null), NOW));
    }

    private void append(String id, int segments) {
        Leases leases = new Leases(database().jdbc(), database().transaction());
        Lease lease = leases.acquire(id, id, "host:1", Duration.ofHours(1), process -> true);
        RunLedger ledger = new RunLedger(database().jdbc(), leases, lease);
        Counts counts = new Counts();
        counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS), 1);
        counts.addOp(new OpKind(null, null, Outcome.DATA), 1);
        counts.add(Measure.PAGES, 1);
        counts.add(Measure.NANOSECONDS, 1_000_000);
        counts.add(Task.READ, 500_000);
        Entry entry = new Entry(
                Situation.ABSENT,
                Action.CREATE,
                Outcome.SUCCESS,
                "s",
                "t",
                "default",
                List.of(),
                null,
                null,
                Map.of(),
                List.of());
        database().transaction().executeWithoutResult(status -> ledger.open(Phase.SOURCE, List.of(ALL)));
        for (int i = 0; i < segments; i++) {
            database()
                    .transaction()
                    .executeWithoutResult(status -> ledger.append(
                            ledger.position(ALL),
                            "token" + System.nanoTime(),
                            new Segment("key", counts, new long[] {1, 2}, List.of(entry))));
        }
    }
}
