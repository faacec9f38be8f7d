package dev.concord.telemetry.schedule;

import dev.concord.run.schedule.Firing;
import dev.concord.run.schedule.FiringListener;
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
        meters.counter(
                        "recon.schedule.firings",
                        "mapping",
                        firing.mapping(),
                        "outcome",
                        firing.state().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
