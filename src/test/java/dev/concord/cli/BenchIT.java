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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All benchmarks, with few records: what they prove has to hold, how long they take says nothing here. */
class BenchIT {

    private static final int ROWS = 600;

    @TempDir
    private Path home;

    private final TestScreen screen = TestScreen.file();

    @Test
    void everyBenchmarkProvesThatItsRunsDidWhatTheyShould() throws Exception {
        assertThat(bench("--rows", String.valueOf(ROWS), "--json"))
                .as(screen.err())
                .isZero();

        List<Map<?, ?>> measurements = new ArrayList<>();
        ((List<?>) Json.read(screen.out())).forEach(each -> measurements.add((Map<?, ?>) each));
        assertThat(measurements)
                .extracting(each -> each.get("benchmark") + " " + each.get("rows"))
                .containsExactly(
                        "unchanged 600",
                        "initial 600",
                        "nightly 600",
                        "scripted 600",
                        "file 600",
                        "growth 600",
                        "growth 6000",
                        "memory-unchanged 1200",
                        "memory-changed 1200",
                        "memory-failing 1200",
                        "memory-targets 1200");
        assertThat(measurements).allSatisfy(BenchIT::isWhole);
        assertThat(measurements.get(6).get("growth")).isInstanceOf(Number.class);
        assertThat(leftovers()).as("what the benchmarks leave behind").isEmpty();
    }

    @Test
    void theTableShowsFloorAndRunAndWhereTheTimeWent() throws Exception {
        assertThat(bench("unchanged", "--rows", String.valueOf(ROWS), "--heap", "256m"))
                .as(screen.err())
                .isZero();
        assertThat(screen.outLines())
                .anyMatch(line -> line.matches("benchmark +database +records +floor s +floor/s +run s .*"))
                .anyMatch(line -> line.matches("unchanged +h2 +600 +[0-9.]+ +[0-9,]+ +[0-9.]+ +[0-9,]+ +[0-9.]+ .*"))
                .anyMatch(line -> line.matches(" +stages: .*reconciling_source [0-9.]+ s.*"))
                .anyMatch(line -> line.matches("h2 +seen elsewhere, idle, two cores: .*"));
        assertThat(screen.err()).contains("unchanged on h2: measuring the floor");
    }

    private static void isWhole(Map<?, ?> measurement) {
        boolean floored = !String.valueOf(measurement.get("benchmark")).startsWith("memory");
        assertThat(measurement.get("database")).isEqualTo("h2");
        assertThat(measurement.get("faults")).isEqualTo(List.of());
        assertThat(measurement.get("ok")).isEqualTo(true);
        assertThat(measurement.get("floorSeconds") instanceof Number).isEqualTo(floored);
        assertThat(measurement.get("ratio") instanceof Number).isEqualTo(floored);
        for (String number : List.of("seconds", "recordsPerSecond", "peakHeapMb", "startUpSeconds")) {
            assertThat(measurement.get(number)).as(number).isInstanceOf(Number.class);
        }
        assertThat((Map<?, ?>) measurement.get("stages")).isNotEmpty();
        assertThat((Map<?, ?>) measurement.get("tasks")).isNotEmpty();
    }

    private List<Path> leftovers() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("data"))) {
            return files.toList();
        }
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        return ConcordCommand.execute(
                CommandLineApplication.class, new Home(home), screen.screen(), all.toArray(String[]::new));
    }
}
