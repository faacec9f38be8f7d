package dev.concord.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does benchmarks one after the other, each on a home and a database of its own. */
public final class Benchmarks {

    /**
     * @param rows how many records
     * @param database {@code h2}, or the JDBC URL of a MySQL server
     * @param username the database's user, unless the URL names it
     * @param heap the most heap that the runs get, as {@code -Xmx} takes it; null for what the JVM takes by itself
     * @param keep whether to leave homes and databases in place
     * @param progress is told what is being done
     */
    public record Plan(
            long rows,
            String database,
            @Nullable String username,
            @Nullable String password,
            @Nullable String heap,
            boolean keep,
            Consumer<String> progress) {}

    private final Plan plan;
    private final Path folder;

    /** @param folder where the homes of the benchmarks may lie */
    public Benchmarks(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /**
     * Does one benchmark. What is wrong with a run stands in its measurement.
     *
     * @throws IllegalArgumentException when the plan cannot be followed
     * @throws BenchmarkFailure when the product did not even answer
     */
    public List<Measurement> measure(Benchmark benchmark) throws IOException, SQLException, InterruptedException {
        return switch (benchmark) {
            case UNCHANGED -> List.of(unchanged(benchmark, Definition.PLAIN, plan.rows(), 0));
            case SCRIPTED -> {
                plan.progress().accept(benchmark + ": measuring the scripts by themselves");
                double scripts = ScriptFloor.seconds(plan.rows());
                yield List.of(unchanged(benchmark, Definition.SCRIPTED, plan.rows(), scripts));
            }
            case FILE -> List.of(unchanged(benchmark, Definition.FROM_FILE, plan.rows(), 0));
            case GROWTH ->
                Growth.of(
                        unchanged(benchmark, Definition.PLAIN, plan.rows(), 0),
                        unchanged(benchmark, Definition.PLAIN, plan.rows() * Growth.FACTOR, 0));
            case INITIAL -> {
                try (Workbench bench = bench(benchmark, Definition.PLAIN, plan.rows(), plan.heap())) {
                    yield List.of(Initial.measure(bench));
                }
            }
            case NIGHTLY -> {
                try (Workbench bench = bench(benchmark, Definition.PLAIN, plan.rows(), plan.heap())) {
                    yield List.of(Nightly.measure(bench));
                }
            }
            case MEMORY -> {
                try (Workbench bench = bench(benchmark, Definition.PLAIN, plan.rows() * Memory.FACTOR, Memory.HEAP)) {
                    yield Memory.measure(bench);
                }
            }
        };
    }

    /** @param more what the floor needs besides reading and comparing, in seconds */
    private Measurement unchanged(Benchmark benchmark, Definition definition, long rows, double more)
            throws IOException, SQLException, InterruptedException {
        try (Workbench bench = bench(benchmark, definition, rows, plan.heap())) {
            return Unchanged.measure(bench, more);
        }
    }

    private Workbench bench(Benchmark benchmark, Definition definition, long rows, @Nullable String heap)
            throws IOException, SQLException, InterruptedException {
        return new Workbench(plan, folder, benchmark, definition, rows, heap);
    }
}
