package dev.concord.cli;

import dev.concord.bench.Benchmark;
import dev.concord.bench.BenchmarkFailure;
import dev.concord.bench.Benchmarks;
import dev.concord.bench.Measurement;
import dev.concord.record.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures runs on generated data, beside what plain JDBC needs for the same.",
        footer = {
            "",
            "Touches neither jobs/ nor the platform database.",
            "Ends with 1 when a run did not do what it should have, never because it was slow."
        })
final class BenchCommand implements Callable<Integer> {

    private static final long FEWEST = 100;

    private final Shell shell;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = Names.class,
            description = "${COMPLETION-CANDIDATES} (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--rows", paramLabel = "N", description = "Records (default: ${DEFAULT-VALUE}).")
    private long rows = 100_000;

    @Option(
            names = "--db",
            paramLabel = "h2|JDBC-URL",
            description = "Where (default: ${DEFAULT-VALUE}). On a server, the database concord_bench is made for it,"
                    + " and dropped afterwards.")
    private String database = "h2";

    @Option(names = "--username", paramLabel = "NAME", description = "The database's user, unless the URL names it.")
    private @Nullable String username;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "The user's password, unless the URL has it.")
    private @Nullable String password;

    @Option(names = "--heap", paramLabel = "SIZE", description = "The most heap that the runs get, such as 512m.")
    private @Nullable String heap;

    @Option(names = "--keep", description = "Leave the database and the home of the benchmarks as they are.")
    private boolean keep;

    @Mixin
    private JsonOption answer = new JsonOption();

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rows < FEWEST) {
            throw new Refused("--rows " + rows + " is too few to measure anything: give at least " + FEWEST + ".");
        }
        Screen screen = shell.screen();
        List<Benchmark> benchmarks = wanted();
        Benchmarks bench = new Benchmarks(
                new Benchmarks.Plan(rows, database, username, password, heap, keep, screen::say),
                shell.home().data());
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (Benchmark benchmark : benchmarks) {
                measurements.addAll(bench.measure(benchmark));
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        } catch (BenchmarkFailure e) {
            screen.complain(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (SQLException e) {
            // The driver's own words may repeat values, and its address a password.
            screen.complain("The database " + DatabaseAddress.of(database) + " failed (SQL state " + e.getSQLState()
                    + ", code " + e.getErrorCode() + "). Check that it runs, that user and password are right,"
                    + " and that the user may create and drop the database concord_bench.");
            return ExitCode.FAILED;
        }
        if (answer.json) {
            screen.result(Json.writePretty(
                    measurements.stream().map(Measurement::json).toList()));
        } else {
            new BenchTable(screen).show(measurements);
        }
        measurements.forEach(measurement ->
                measurement.faults().forEach(fault -> screen.complain(measurement.benchmark() + ": " + fault)));
        return measurements.stream()
                        .allMatch(measurement -> measurement.faults().isEmpty())
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private List<Benchmark> wanted() {
        if (names.isEmpty()) {
            return List.of(Benchmark.values());
        }
        return names.stream()
                .map(name -> Benchmark.named(name)
                        .orElseThrow(() -> new Refused(
                                "There is no benchmark " + name + "; there are: " + Benchmark.names() + ".")))
                .toList();
    }

    /** What help says there is. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Benchmark.values()).map(Benchmark::toString).iterator();
        }
    }
}
