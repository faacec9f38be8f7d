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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunComparisonTest extends OnPlatformDatabase {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private record Line(String id, Situation situation, Action action, Outcome outcome) {}

    RunComparisonTest() {
        super(Databases.H2);
    }

    @Test
    void recordsAreComparedByWhatBecameOfThem() {
        run(
                "a",
                Map.of("hr.yaml", "name: hr\nsource: x"),
                2,
                List.of(
                        failed("mended"),
                        failed("fails"),
                        updated("differs"),
                        updated("same"),
                        failed("gone"),
                        updated("only")));
        run(
                "b",
                Map.of("hr.yaml", "name: hr\nsource: y"),
                3,
                List.of(
                        updated("mended"),
                        failed("fails"),
                        new Line("differs", Situation.FOUND, Action.LINK, Outcome.SUCCESS),
                        updated("same"),
                        failed("new")));

        try (RunComparison comparison = compare("a", "b")) {
            assertThat(told(comparison))
                    .containsExactlyInAnyOrder(
                            "failed before mended", "differs differs", "failed before gone", "fails now new");
            assertThat(comparison.same()).isEqualTo(2);
            assertThat(comparison.onlyBefore()).isEqualTo(1);
            assertThat(comparison.onlyAfter()).isZero();
            assertThat(comparison.definitionChanges())
                    .singleElement()
                    .asString()
                    .contains("source changed");
            assertThat(comparison.unknown()).isEmpty();
            assertThat(comparison.ops().get(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.SUCCESS)))
                    .containsExactly(3, 2);
            assertThat(comparison.json(false)).containsKeys("ops", "failures", "records");
        }
    }

    @Test
    void manyRecordsInAnyOrderAndAnyPagesCompareAsOneByOne() {
        Random random = new Random(7);
        Map<String, Line> before = new HashMap<>();
        Map<String, Line> after = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            random(random, "r" + i, before);
            random(random, "r" + i, after);
        }
        run("a", Map.of(), 17, shuffled(before, random));
        run("b", Map.of(), 250, shuffled(after, random));

        try (RunComparison comparison = compare("a", "b")) {
            TreeSet<String> expected = new TreeSet<>();
            TreeSet<String> ids = new TreeSet<>(before.keySet());
            ids.addAll(after.keySet());
            ids.forEach(id -> {
                Line was = before.get(id);
                Line is = after.get(id);
                boolean failed = was != null && was.outcome().isFailure();
                boolean fails = is != null && is.outcome().isFailure();
                if (failed != fails) {
                    expected.add((fails ? "fails now " : "failed before ") + id);
                } else if (was != null
                        && is != null
                        && (was.situation() != is.situation() || was.action() != is.action())) {
                    expected.add("differs " + id);
                }
            });
            assertThat(told(comparison)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(comparison.failsNow() + comparison.failedBefore() + comparison.differs())
                    .isEqualTo(expected.size());
        }
    }

    @Test
    void newFailuresAreToldApartFromOldOnes() {
        run("a", Map.of(), 10, List.of(failed("x1"), failed("x2")));
        run(
                "b",
                Map.of(),
                10,
                List.of(failed("x1"), failed("x2"), new Line("y", Situation.ABSENT, Action.CREATE, Outcome.TARGET)));

        try (RunComparison comparison = compare("a", "b")) {
            assertThat(comparison.groups())
                    .extracting(group -> group.before() + "→" + group.after())
                    .containsExactly("0→1", "2→2");
        }
    }

    @Test
    void whatIsNotKnownIsSaid() {
        run("a", Map.of(), 10, List.of(failed("x1")));
        run("b", Map.of(), 10, List.of(failed("x2")));
        OldRuns old = new OldRuns(database().jdbc(), database().transaction());
        old.giveUp("a", NOW);

        try (RunComparison comparison = compare("a", "b")) {
            assertThat(comparison.knowsRecords()).isFalse();
            assertThat(comparison.unknown()).singleElement().asString().contains("are gone");
            assertThat(told(comparison)).isEmpty();
            assertThat(comparison.ops()).isNotEmpty();
        }
    }

    @Test
    void onlyEndedRunsOfOneMappingAreCompared() {
        run("a", Map.of(), 10, List.of(failed("x1")));
        runs().create(new Runs.NewRun("b", "hr", "hr", RunKind.FULL, false, Map.of(), Map.of(), "h", 1, NOW));
        runs().create(new Runs.NewRun("c", "crm", "crm", RunKind.FULL, false, Map.of(), Map.of(), "h", 1, NOW));
        close("c");

        assertThatThrownBy(() -> compare("a", "b")).hasMessageContaining("has not ended");
        assertThatThrownBy(() -> compare("a", "c")).hasMessageContaining("crm");
    }

    private static void random(Random random, String id, Map<String, Line> lines) {
        switch (random.nextInt(4)) {
            case 0 -> lines.put(id, updated(id));
            case 1 -> lines.put(id, failed(id));
            case 2 -> lines.put(id, new Line(id, Situation.ABSENT, Action.CREATE, Outcome.SUCCESS));
            default -> {}
        }
    }

    private static List<Line> shuffled(Map<String, Line> lines, Random random) {
        List<Line> shuffled = new ArrayList<>(lines.values());
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static Line updated(String id) {
        return new Line(id, Situation.CONFIRMED, Action.UPDATE, Outcome.SUCCESS);
    }

    private static Line failed(String id) {
        return new Line(id, Situation.CONFIRMED, Action.UPDATE, Outcome.DATA);
    }

    private static List<String> told(RunComparison comparison) {
        List<String> told = new ArrayList<>();
        comparison.each(difference ->
                told.add(difference.what() + " " + difference.entry().entry().sourceId()));
        return told;
    }

    private RunComparison compare(String before, String after) {
        return RunComparison.of(
                new LedgerReader(database().jdbc()),
                runs(),
                runs().find(before).orElseThrow(),
                runs().find(after).orElseThrow());
    }

    private Runs runs() {
        return new Runs(database().jdbc());
    }

    private void run(String id, Map<String, String> closure, int page, List<Line> lines) {
        runs().create(new Runs.NewRun(
                id, "hr", id, RunKind.FULL, false, Map.of(), closure, Integer.toString(closure.hashCode()), 1, NOW));
        Leases leases = new Leases(database().jdbc(), database().transaction());
        Lease lease = leases.acquire(id, id, "host:1", Duration.ofHours(1), process -> true);
        RunLedger ledger = new RunLedger(database().jdbc(), leases, lease);
        Partition all = new Partition(Phase.SOURCE, 0, null, null);
        database().transaction().executeWithoutResult(status -> ledger.open(Phase.SOURCE, List.of(all)));
        for (int from = 0; from < lines.size(); from += page) {
            List<Line> some = lines.subList(from, Math.min(lines.size(), from + page));
            Counts counts = new Counts();
            some.forEach(line -> counts.addOp(new OpKind(line.situation(), line.action(), line.outcome()), 1));
            counts.add(Measure.OPS, some.size());
            List<Entry> entries = some.stream().map(RunComparisonTest::entry).collect(Collectors.toList());
            database()
                    .transaction()
                    .executeWithoutResult(status -> ledger.append(
                            ledger.position(all),
                            "t" + System.nanoTime(),
                            new Segment("k", counts, new long[0], entries)));
        }
        close(id);
    }

    private void close(String id) {
        runs().close(
                        id,
                        new Runs.Ending(
                                RunState.SUCCESS,
                                Stage.COMPLETED_SUCCESS,
                                null,
                                null,
                                new LedgerReader(database().jdbc()).counts(id, null),
                                NOW));
    }

    private static Entry entry(Line line) {
        @Nullable String message = line.outcome().isFailure() ? "The value \"" + line.id() + "\" does not fit." : null;
        return new Entry(
                line.situation(),
                line.action(),
                line.outcome(),
                line.id(),
                Objects.hash(line.id()) + "",
                "default",
                List.of(),
                message,
                null,
                Map.of(),
                List.of());
    }
}
