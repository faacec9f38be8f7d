package dev.concord.telemetry;

import dev.concord.ledger.RunBoard.Line;
import dev.concord.ledger.RunState;
import java.time.Duration;
import java.util.TreeMap;

/**
 * How big the source was in the newest full run of a mapping, and in the last good one before; how long the last good
 * one took. Not safe for use by several threads.
 */
final class SourceSizes {

    private static final double MILLISECONDS = 1000.0;

    private final TreeMap<Long, Long> good = new TreeMap<>();
    private long newest = -1;
    private long sources = -1;
    private long lastGood = -1;
    private double duration = -1;

    void tell(Line line) {
        if (line.sources() >= 0 && line.number() >= newest) {
            newest = line.number();
            sources = line.sources();
        }
        if (line.state() == RunState.SUCCESS && line.ended() != null) {
            good.put(line.number(), line.sources());
            if (good.size() > 2) {
                good.pollFirstEntry();
            }
            if (line.number() >= lastGood) {
                lastGood = line.number();
                duration = Duration.between(line.started(), line.ended())
                                .minus(line.breaks())
                                .toMillis()
                        / MILLISECONDS;
            }
        }
    }

    void show(Figures figures, String mapping) {
        if (sources >= 0) {
            figures.set(Meter.LAST_SOURCES, sources, mapping);
        }
        var before = good.lowerEntry(newest);
        if (before != null && before.getValue() >= 0) {
            figures.set(Meter.PREVIOUS_SOURCES, before.getValue(), mapping);
        }
        if (duration >= 0) {
            figures.set(Meter.LAST_DURATION, duration, mapping);
        }
    }
}
