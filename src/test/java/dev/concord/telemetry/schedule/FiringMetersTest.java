package dev.concord.telemetry.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.run.schedule.Firing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiringMetersTest {

    @Test
    void firingsAreCountedByMappingAndOutcomeAndSayWhatTheyAre() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FiringMeters firings = new FiringMeters(meters);
        for (Firing.State state : List.of(Firing.State.STARTED, Firing.State.STARTED, Firing.State.SKIPPED)) {
            firings.settled(new Firing("1", "nightly", "people", Instant.EPOCH, state, null, false));
        }
        assertThat(meters.get("recon.schedule.firings")
                        .tags("mapping", "people", "outcome", "started")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.getMeters())
                .hasSize(2)
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).startsWith("Firings of schedules"));
    }
}
