package dev.concord.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void theRatioSaysHowManyTimesAsLongAsTheFloorTheRunTook() {
        Map<String, Object> json = measurement(2.0, 3.0).json();
        assertThat(json)
                .containsEntry("benchmark", "unchanged")
                .containsEntry("rows", 1000L)
                .containsEntry("database", "h2")
                .containsEntry("floorSeconds", 2.0)
                .containsEntry("seconds", 3.0)
                .containsEntry("ratio", 1.5)
                .containsEntry("recordsPerSecond", 333L)
                .containsEntry("peakHeapMb", 300L)
                .containsEntry("stages", Map.of("reconciling_source", 2.5))
                .containsEntry("tasks", Map.of("read", 0.123));
    }

    @Test
    void withoutAFloorThereIsNoRatio() {
        assertThat(measurement(null, 3.0).json()).containsEntry("ratio", null).containsEntry("floorSeconds", null);
    }

    @Test
    void growthComparesWithATenthOfTheRecords() {
        List<Measurement> both = Growth.of(measurement(2.0, 3.0), measurement(20.0, 31.5));
        assertThat(both).extracting(Measurement::growth).containsExactly(null, 10.5);
        assertThat(both.getFirst().json()).doesNotContainKey("growth");
        assertThat(both.getLast().json()).containsEntry("growth", 10.5);
    }

    private static Measurement measurement(Double floor, Double seconds) {
        return new Measurement(
                "unchanged",
                1000,
                "h2",
                floor,
                seconds,
                seconds / 2,
                1.0,
                300L,
                100L,
                null,
                null,
                Map.of("reconciling_source", 2.5),
                Map.of("read", 0.12345),
                List.of());
    }
}
