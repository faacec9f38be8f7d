package dev.concord.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does benchmarks one after the other, each on a database of its own. */
public final class Benchmarks {

    /**
     * @param rows how many records
     * @param database {@code h2}, or the JDBC URL of a MySQL server
     * @param heap the most heap that the product gets, as {@code -Xmx} takes it, or null
     * @param keep whether to leave the scratch database and home in place
     */
    public record Plan(
            long rows,
            String database,
            @Nullable String username,
            @Nullable String password,
            @Nullable String heap,
            boolean keep) {}

    private static final long WARM_UP = 20_000;

    private final Plan plan;
    private final Path folder;
    private final Consumer<String> progress;

    /** @param folder where scratch homes may lie */
    public Benchmarks(Plan plan, Path folder, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /** Does one benchmark. */
    public Measurement measure(Benchmark benchmark) throws IOException, SQLException, InterruptedException {
        ScratchHome home = ScratchHome.create(
                folder.resolve("bench-" + ProcessHandle.current().pid()));
        ScratchDatabase database = ScratchDatabase.of(plan.database(), home.folder(), plan.username(), plan.password());
        try {
            database.create();
            ProductRun product = new ProductRun(home, database, plan.heap());
            Dataset data = new Dataset(home, database);
            say(benchmark, database, "loading " + plan.rows() + " rows");
            product.migrate();
            data.createTables();
            data.loadSources(0, plan.rows());
            Floor floor = new Floor(data, database);
            return switch (benchmark) {
                case UNCHANGED -> unchanged(database, data, floor, product);
                case INITIAL -> initial(database, data, floor, product);
            };
        } finally {
            if (!plan.keep()) {
                database.drop();
                home.remove();
            }
        }
    }

    private Measurement unchanged(ScratchDatabase database, Dataset data, Floor floor, ProductRun product)
            throws IOException, SQLException, InterruptedException {
        long rows = plan.rows();
        List<String> faults = new ArrayList<>();
        data.loadTargetsAndLinks(rows);
        data.settle();
        say(Benchmark.UNCHANGED, database, "measuring the floor");
        floor.compare(WARM_UP);
        Floor.Compared before = floor.compare(0);
        data.flip(rows / 2);
        Floor.Compared flipped = floor.compare(0);
        say(Benchmark.UNCHANGED, database, "measuring the run");
        RunOutcome run = product.run(false);
        Floor.Compared after = floor.compare(0);
        expect(faults, "pairs that the floor finds different", 0, before.different());
        expect(faults, "pairs that the floor finds different after one was flipped", 1, flipped.different());
        expect(faults, "pairs that the floor finds different after the run", 0, after.different());
        expect(faults, "records CONFIRMED", rows, run.situation("CONFIRMED"));
        expect(faults, "targets unchanged", rows - 1, run.effect("unchanged"));
        expect(faults, "targets updated", 1, run.effect("updated"));
        expectNoOtherEffects(
                faults, run, List.of("created", "deleted", "linksCreated", "linksRepointed", "linksRemoved"));
        double best = Math.min(seconds(before), Math.min(seconds(flipped), seconds(after)));
        return measurement(Benchmark.UNCHANGED, database, best, run, faults);
    }

    private Measurement initial(ScratchDatabase database, Dataset data, Floor floor, ProductRun product)
            throws IOException, SQLException, InterruptedException {
        long rows = plan.rows();
        List<String> faults = new ArrayList<>();
        data.settle();
        say(Benchmark.INITIAL, database, "measuring the floor");
        floor.create(WARM_UP);
        data.empty();
        double first = floor.create(0).toNanos() / 1e9;
        expect(faults, "targets of the floor", rows, data.countTargets());
        data.empty();
        say(Benchmark.INITIAL, database, "measuring the run");
        RunOutcome run = product.run(true);
        expect(faults, "targets created", rows, run.effect("created"));
        expect(faults, "links created", rows, run.effect("linksCreated"));
        expect(faults, "target rows", rows, data.countTargets());
        expect(faults, "link rows", rows, data.countLinks());
        expect(faults, "entries of the report", rows, run.entries());
        expectNoOtherEffects(faults, run, List.of("updated", "unchanged", "deleted", "linksRepointed", "linksRemoved"));
        data.empty();
        double second = floor.create(0).toNanos() / 1e9;
        return measurement(Benchmark.INITIAL, database, Math.min(first, second), run, faults);
    }

    private Measurement measurement(
            Benchmark benchmark, ScratchDatabase database, double floorSeconds, RunOutcome run, List<String> faults) {
        if (!run.state().equals("SUCCESS")) {
            faults.addFirst("The run ended as " + run.state() + ".");
        }
        expect(faults, "failures", 0, run.failures());
        return new Measurement(
                benchmark.name().toLowerCase(Locale.ROOT),
                plan.rows(),
                database.label(),
                floorSeconds,
                run.seconds(),
                run.startUp().toMillis() / 1000.0,
                run.megabytes("peakHeapMb"),
                run.megabytes("liveHeapMb"),
                run.megabytes("peakRssMb"),
                run.stages(),
                run.tasks(),
                List.copyOf(faults));
    }

    private static void expectNoOtherEffects(List<String> faults, RunOutcome run, List<String> effects) {
        effects.forEach(effect -> expect(faults, effect, 0, run.effect(effect)));
    }

    private static void expect(List<String> faults, String what, long expected, long seen) {
        if (expected != seen) {
            faults.add(what + ": " + seen + " where " + expected + " should be");
        }
    }

    private static double seconds(Floor.Compared compared) {
        return compared.time().toNanos() / 1e9;
    }

    private void say(Benchmark benchmark, ScratchDatabase database, String what) {
        progress.accept(benchmark.name().toLowerCase(Locale.ROOT) + " on " + database.label() + ": " + what);
    }
}
