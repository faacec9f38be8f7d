package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmarks of many runs. */
class BenchChaos extends BenchTrial {

    @Test
    void benchmarksOfGrowthAndMemoryProveThatTheirRunsDidWhatTheyShould() throws Exception {
        List<Map<?, ?>> measurements = measured("growth", "memory");
        assertThat(measurements)
                .extracting(each -> each.get("benchmark") + " " + each.get("rows"))
                .containsExactly(
                        "growth 600",
                        "growth 6000",
                        "memory-unchanged 1200",
                        "memory-changed 1200",
                        "memory-failing 1200",
                        "memory-targets 1200");
        assertThat(measurements.get(1).get("growth")).isInstanceOf(Number.class);
        assertThat(leftovers()).as("what the benchmarks leave behind").isEmpty();
    }
}
