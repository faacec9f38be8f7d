package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures reports and comparisons of two runs with as many entries each as the first argument says (2,000,000), on a
 * database in a file. Not a test: start it by hand, with little heap ({@code -Xmx256m}).
 */
final class ReportMeasure {

    private static final int PAGE = 1000;
    private static final Partition ALL = new Partition(Phase.SOURCE, 0, null, null);

    private ReportMeasure() {}

    public static void main(String[] arguments) throws IOException {
        int entries = arguments.length == 0 ? 2_000_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("report-measure");
        try (PlatformDatabase database = PlatformDatabase.on(Databases.h2File(folder))) {
            write(database, "before", entries, 0);
            write(database, "after", entries, 1);
            Runs runs = new Runs(database.jdbc());
            LedgerReader ledger = new LedgerReader(database.jdbc());
            Run run = runs.find("after").orElseThrow();
            EntrySearch all = EntrySearch.of(Filter.Literal.TRUE);
            measure("csv", () -> {
                EntryCsv csv = new EntryCsv(nowhere());
                all.each(ledger, run, (entry, document) -> {
                    csv.write(entry);
                    return true;
                });
            });
            measure("json", () -> {
                Writer out = nowhere();
                all.each(ledger, run, (entry, document) -> {
                    out.write(Json.write(document));
                    return true;
                });
            });
            measure("group", () -> {
                EntryGroups groups = new EntryGroups();
                EntrySearch.of(Filter.parse("status eq \"FAILURE\"")).each(ledger, run, (entry, document) -> {
                    groups.add(entry);
                    return true;
                });
                System.out.println("  " + groups.largest().size() + " groups of " + groups.total());
            });
            measure("by situation", () -> EntryCounts.of(ledger, run, all, EntryCounts.By.SITUATION));
            measure("by attribute", () -> EntryCounts.of(ledger, run, all, EntryCounts.By.ATTRIBUTE));
            measure(
                    "id",
                    () -> EntrySearch.of(Filter.parse("sourceObjectId eq \"E1234567\""))
                            .each(ledger, run, (entry, document) -> true));
            measure("compare", () -> {
                try (RunComparison comparison =
                        RunComparison.of(ledger, runs, runs.find("before").orElseThrow(), run)) {
                    long[] told = {0};
                    comparison.each(difference -> ++told[0] > 0);
                    System.out.println("  " + told[0] + " differences, " + comparison.same() + " the same");
                }
            });
            OldRuns old = new OldRuns(database.jdbc(), database.transaction());
            measure("drop", () -> {
                old.giveUp("before", Instant.now());
                while (old.takeAway("before")) {
                    // The next piece.
                }
            });
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void measure(String name, Work work) throws IOException {
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long begun = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf("%-14s %6.1f s   peak heap %d MB%n", name, seconds, peak >> 20);
    }

    private static Writer nowhere() {
        return new BufferedWriter(new OutputStreamWriter(OutputStream.nullOutputStream(), StandardCharsets.UTF_8));
    }

    private static void write(PlatformDatabase database, String id, int entries, int shift) {
        Runs runs = new Runs(database.jdbc());
        runs.create(new Runs.NewRun(id, "hr", id, RunKind.FULL, false, Map.of(), Map.of(), id, 1, Instant.now()));
        Leases leases = new Leases(database.jdbc(), database.transaction());
        Lease lease = leases.acquire(id, id, "host:1", Duration.ofHours(10), process -> true);
        RunLedger ledger = new RunLedger(database.jdbc(), leases, lease);
        database.transaction().executeWithoutResult(status -> ledger.open(Phase.SOURCE, List.of(ALL)));
        for (int from = 0; from < entries; from += PAGE) {
            Counts counts = new Counts();
            List<Entry> page = new ArrayList<>();
            for (int i = from; i < from + PAGE; i++) {
                Entry entry = entry(i, shift);
                counts.addOp(new OpKind(entry.situation(), entry.action(), entry.outcome()), 1);
                counts.add(Measure.OPS, 1);
                page.add(entry);
            }
            database.transaction()
                    .executeWithoutResult(status -> ledger.append(
                            ledger.position(ALL),
                            "t" + System.nanoTime(),
                            new Segment("k", counts, new long[0], page)));
        }
        runs.close(
                id,
                new Runs.Ending(
                        RunState.SUCCESS,
                        Stage.COMPLETED_SUCCESS,
                        null,
                        null,
                        new LedgerReader(database.jdbc()).counts(id, null),
                        Instant.now()));
    }

    private static Entry entry(int i, int shift) {
        boolean fails = (i + shift) % 20 == 0;
        return new Entry(
                Situation.CONFIRMED,
                Action.UPDATE,
                fails ? Outcome.SCRIPT : Outcome.SUCCESS,
                "E" + i,
                "3f2a91bc-0000-4000-8000-" + String.format("%012d", i),
                "default",
                List.of(),
                fails ? "Row for /attribute" + i % 7 + ": scripts/mail.js:" + i % 30 + ": Error." : null,
                fails ? "no manager for E" + i : null,
                Map.of("source", Map.of("name", "Person " + i, "mail", "person" + i + "@example.com")),
                fails
                        ? List.of()
                        : List.of(
                                new AttributeChange(
                                        "mail", "person" + i + "@old.example", "person" + i + "@example.com"),
                                new AttributeChange("attribute" + i % 9, null, "value " + i)));
    }
}
