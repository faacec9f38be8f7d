package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchIT extends BenchTrial {

    @Test
    void benchmarksProveThatTheirRunsDidWhatTheyShould() throws Exception {
        assertThat(measured("initial", "nightly", "scripted", "file"))
                .extracting(each -> each.get("benchmark") + " " + each.get("rows"))
                .containsExactly("initial 600", "nightly 600", "scripted 600", "file 600");
        assertThat(leftovers()).as("what the benchmarks leave behind").isEmpty();
    }

    @Test
    void theTableShowsFloorAndRunAndWhereTheTimeWent() throws Exception {
        assertThat(bench("unchanged", "--rows", ROWS, "--heap", "256m"))
                .as(screen.err())
                .isZero();
        assertThat(screen.outLines())
                .anyMatch(line -> line.matches("benchmark +database +records +floor s +floor/s +run s .*"))
                .anyMatch(line -> line.matches("unchanged +h2 +600 +[0-9.]+ +[0-9,]+ +[0-9.]+ +[0-9,]+ +[0-9.]+ .*"))
                .anyMatch(line -> line.matches(" +stages: .*reconciling_source [0-9.]+ s.*"))
                .anyMatch(line -> line.matches("h2 +seen elsewhere, idle, two cores: .*"));
        assertThat(screen.err()).contains("unchanged on h2: measuring the floor");
    }
}
