package dev.concord.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A home and a database of one benchmark, with sources in them. Closing it removes both, as does the end of the JVM.
 */
final class Workbench implements AutoCloseable {

    private final Benchmarks.Plan plan;
    private final AtomicBoolean removed = new AtomicBoolean();
    private final Thread atEnd = new Thread(this::remove, "bench-removal");

    private volatile boolean created;

    final Benchmark benchmark;
    final long rows;
    final ScratchHome home;
    final ScratchDatabase database;
    final Dataset data;
    final Floor floor;
    final ProductRun product;

    /** @param rows how many records there are to be */
    Workbench(
            Benchmarks.Plan plan,
            Path folder,
            Benchmark benchmark,
            Definition definition,
            long rows,
            @Nullable String heap)
            throws IOException, SQLException, InterruptedException {
        this.plan = plan;
        this.benchmark = benchmark;
        this.rows = rows;
        this.home = new ScratchHome(
                folder.resolve("bench-" + ProcessHandle.current().pid()));
        this.database = ScratchDatabase.of(plan.database(), home.folder(), plan.username(), plan.password());
        this.data = new Dataset(home, database);
        this.floor = new Floor(home, data, database);
        this.product = new ProductRun(home, database, heap);
        Runtime.getRuntime().addShutdownHook(atEnd);
        boolean made = false;
        try {
            home.define(definition);
            database.create();
            created = true;
            say("making " + rows + " records (" + database.facts() + ")");
            product.migrate();
            data.createTables();
            if (definition == Definition.FROM_FILE) {
                SourceFile.write(home.sourceFile(), rows);
            } else {
                data.loadSources(0, rows);
            }
            made = true;
        } finally {
            if (!made) {
                close();
            }
        }
    }

    void say(String what) {
        plan.progress().accept(benchmark + " on " + database.label() + ": " + what);
    }

    /** Runs the mapping in one process, night by night, and measures that. */
    List<RunOutcome> run(boolean countEntries, Nights nights) throws IOException, InterruptedException, SQLException {
        say("measuring the run");
        return product.run(countEntries, nights);
    }

    Measurement measurement(@Nullable Double floorSeconds, List<RunOutcome> runs, Proofs proofs) {
        return measurement(benchmark.toString(), floorSeconds, runs, proofs);
    }

    /** @param runs the first one was that of a process that had just begun */
    Measurement measurement(String name, @Nullable Double floorSeconds, List<RunOutcome> runs, Proofs proofs) {
        RunOutcome run = runs.getFirst();
        OptionalDouble warm =
                runs.stream().skip(1).mapToDouble(RunOutcome::seconds).min();
        return new Measurement(
                name,
                rows,
                database.label(),
                floorSeconds,
                run.seconds(),
                warm.isPresent() ? warm.getAsDouble() : null,
                run.startUp().toMillis() / 1000.0,
                run.megabytes("peakHeapMb"),
                run.megabytes("liveHeapMb"),
                run.megabytes("peakRssMb"),
                null,
                run.stages(),
                run.tasks(),
                proofs.faults());
    }

    /** A run that could not be measured, which is a result as well. */
    Measurement failed(String name, BenchmarkFailure failure) {
        return new Measurement(
                name,
                rows,
                database.label(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                List.of(String.valueOf(failure.getMessage())));
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook finds everything removed.
        }
    }

    private void remove() {
        product.stop();
        if (plan.keep() || removed.getAndSet(true)) {
            return;
        }
        try {
            home.remove();
            if (created) {
                database.drop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new BenchmarkFailure("The database " + ScratchDatabase.NAME + " could not be dropped (SQL state "
                    + e.getSQLState() + "). Drop it yourself.");
        }
    }
}
