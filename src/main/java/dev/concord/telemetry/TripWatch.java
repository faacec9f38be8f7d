package dev.concord.telemetry;

import dev.concord.guard.Trips;
import dev.concord.mapping.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads out of the platform database which guards stopped runs since it was read last, whichever process worked on
 * them, and how many runs wait for somebody. Counts from zero on, as {@link RunWatch} does. Not safe for use by several
 * threads.
 */
final class TripWatch {

    /** Trips are committed a moment after the time that they bear, and by clocks that differ. */
    private static final Duration LATE = Duration.ofHours(1);

    private final Trips trips;
    private final Figures figures;
    private final Set<String> mappings = new HashSet<>();
    private Set<Trips.Key> seen = Set.of();
    private Instant newest = Instant.EPOCH;
    private boolean begun;

    TripWatch(Trips trips, Figures figures) {
        this.trips = trips;
        this.figures = figures;
    }

    /** Mappings whose runs no guard may ever have stopped. */
    void know(Collection<String> names) {
        names.stream().filter(mappings::add).forEach(mapping -> {
            figures.set(Meter.WAITING, 0, mapping);
            for (Guard guard : Guard.values()) {
                figures.know(Meter.GUARD_TRIPPED, mapping, guard.key());
            }
        });
    }

    /** Brings the figures up to date. */
    void look() {
        List<Trips.Told> told = trips.since(newest.minus(LATE));
        for (Trips.Told trip : told) {
            know(List.of(trip.mapping()));
            if (begun && !seen.contains(trip.key())) {
                figures.add(Meter.GUARD_TRIPPED, 1, trip.mapping(), trip.guard().key());
            }
            newest = trip.when().isAfter(newest) ? trip.when() : newest;
        }
        Set<Trips.Key> now = new HashSet<>();
        told.forEach(trip -> now.add(trip.key()));
        seen = now;
        begun = true;
        mappings.forEach(mapping -> figures.set(Meter.WAITING, 0, mapping));
        trips.waitingByMapping().forEach((mapping, number) -> {
            know(List.of(mapping));
            figures.set(Meter.WAITING, number, mapping);
        });
    }
}
