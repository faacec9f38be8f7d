package dev.concord.cli;

import dev.concord.bench.Benchmark;
import dev.concord.bench.BenchmarkFailure;
import dev.concord.bench.Benchmarks;
import dev.concord.bench.Measurement;
import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.record.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures runs on generated data, beside what plain JDBC needs for the same.")
final class BenchCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "${COMPLETION-CANDIDATES} (default: all).")
    private List<Benchmark> names = new ArrayList<>();

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
    public Integer call() throws IOException, SQLException, InterruptedException {
        Screen screen = shell.screen();
        Benchmarks benchmarks = new Benchmarks(
                new Benchmarks.Plan(rows, database, username, password, heap, keep),
                shell.home().data(),
                screen::say);
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (Benchmark benchmark : names.isEmpty() ? List.of(Benchmark.values()) : names) {
                measurements.add(benchmarks.measure(benchmark));
            }
        } catch (IllegalArgumentException | BenchmarkFailure e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        if (answer.json) {
            screen.result(Json.writePretty(
                    measurements.stream().map(Measurement::json).toList()));
        } else {
            show(measurements);
        }
        measurements.forEach(measurement ->
                measurement.faults().forEach(fault -> screen.complain(measurement.benchmark() + ": " + fault)));
        return measurements.stream()
                        .allMatch(measurement -> measurement.faults().isEmpty())
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private void show(List<Measurement> measurements) {
        Table table = new Table(
                shell.screen(),
                Column.text("benchmark"),
                Column.figure("rows"),
                Column.word("database"),
                Column.figure("floor s"),
                Column.figure("floor rows/s"),
                Column.figure("run s"),
                Column.figure("rows/s"),
                Column.figure("ratio"),
                Column.figure("heap MB"),
                Column.figure("start s"));
        for (Measurement each : measurements) {
            table.row(
                    List.of(
                            Cell.of(each.benchmark()),
                            Cell.figure(each.rows()),
                            Cell.of(each.database()),
                            Cell.of(decimal(each.floorSeconds())),
                            Cell.of(whole(each.floorRecordsPerSecond())),
                            Cell.of(decimal(each.seconds())),
                            Cell.of(whole(each.recordsPerSecond())),
                            Cell.of(decimal(each.ratio())),
                            Cell.of(String.valueOf(each.peakHeapMb())),
                            Cell.of(decimal(each.startUpSeconds()))),
                    List.of(
                            new Cell("by stage: " + seconds(each.stages()), Ink.FAINT),
                            new Cell("of all threads: " + seconds(each.tasks()), Ink.FAINT)));
        }
        table.print();
    }

    private static String seconds(Map<String, Double> times) {
        return times.entrySet().stream()
                .map(time -> time.getKey() + " " + decimal(time.getValue()) + " s")
                .collect(Collectors.joining(", "));
    }

    private static String decimal(@Nullable Double number) {
        return number == null ? Readable.NOTHING : String.format(Locale.ROOT, "%.2f", number);
    }

    private static String whole(@Nullable Double number) {
        return number == null ? Readable.NOTHING : Readable.number(Math.round(number));
    }
}
