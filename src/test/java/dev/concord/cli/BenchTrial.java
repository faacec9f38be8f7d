package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.record.Json;
import dev.concord.run.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks with few records: what they prove has to hold, how long they take says nothing here. */
abstract class BenchTrial {

    static final String ROWS = "600";

    @TempDir
    private Path home;

    final TestScreen screen = TestScreen.file();

    /** What benchmarks measured, in their order. */
    final List<Map<?, ?>> measured(String... names) {
        List<String> arguments = new ArrayList<>(List.of(names));
        arguments.addAll(List.of("--rows", ROWS, "--json"));
        assertThat(bench(arguments.toArray(String[]::new))).as(screen.err()).isZero();
        List<Map<?, ?>> measurements = new ArrayList<>();
        ((List<?>) Json.read(screen.out())).forEach(each -> measurements.add((Map<?, ?>) each));
        assertThat(measurements).allSatisfy(BenchTrial::isWhole);
        return measurements;
    }

    private static void isWhole(Map<?, ?> measurement) {
        boolean floored = !String.valueOf(measurement.get("benchmark")).startsWith("memory");
        assertThat(measurement.get("database")).isEqualTo("h2");
        assertThat(measurement.get("faults")).isEqualTo(List.of());
        assertThat(measurement.get("ok")).isEqualTo(true);
        assertThat(measurement.get("floorSeconds") instanceof Number).isEqualTo(floored);
        assertThat(measurement.get("ratio") instanceof Number).isEqualTo(floored);
        assertThat(measurement.get("warmSeconds") instanceof Number).isEqualTo(floored);
        assertThat(measurement.get("warmRatio") instanceof Number).isEqualTo(floored);
        for (String number : List.of("seconds", "recordsPerSecond", "peakHeapMb", "startUpSeconds")) {
            assertThat(measurement.get(number)).as(number).isInstanceOf(Number.class);
        }
        assertThat((Map<?, ?>) measurement.get("stages")).isNotEmpty();
        assertThat((Map<?, ?>) measurement.get("tasks")).isNotEmpty();
    }

    final List<Path> leftovers() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("data"))) {
            return files.toList();
        }
    }

    final int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        return ConcordCommand.execute(
                CommandLineApplication.class, new Home(home), screen.screen(), all.toArray(String[]::new));
    }
}
