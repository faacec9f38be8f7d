package dev.concord.telemetry.schedule;

import dev.concord.run.schedule.Firing;
import dev.concord.run.schedule.FiringListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code recon_schedule_firings_total}: by mapping, and whether they were started, skipped or failed. */
@Component
final class FiringMeters implements FiringListener {

    private final MeterRegistry meters;

    FiringMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void settled(Firing firing) {
        Counter.builder("recon.schedule.firings")
                .description("Firings of schedules, by what became of them.")
                .tag("mapping", firing.mapping())
                .tag("outcome", firing.state().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
