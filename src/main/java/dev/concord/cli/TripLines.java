package dev.concord.cli;

import dev.concord.guard.Trip;
import dev.concord.guard.Trip.Decision;
import dev.concord.guard.Trips;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What guards said of runs, and what people decided then. */
final class TripLines {

    private final Trips trips;

    TripLines(Trips trips) {
        this.trips = trips;
    }

    /** A line for each decision about a run. */
    List<String> decided(Run run) {
        return trips.of(run.id()).stream()
                .filter(trip -> trip.decision() != null)
                .map(TripLines::line)
                .toList();
    }

    /** What a run waits for, or why it never goes on; nothing for others. */
    List<String> held(Run run) {
        RunCondition condition = run.condition();
        boolean held = condition != null && (condition == RunCondition.WAITING_FOR_APPROVAL || condition.isFinal());
        return held ? trips.of(run.id()).stream().map(TripLines::line).toList() : List.of();
    }

    List<Map<String, @Nullable Object>> json(Run run) {
        return trips.of(run.id()).stream().map(Trip::json).toList();
    }

    private static String line(Trip trip) {
        Decision decision = trip.decision();
        String told = trip.excess().guard().key() + ": " + trip.excess().told();
        if (decision == null) {
            return told;
        }
        String verdict = switch (decision.verdict()) {
            case APPROVED -> " Approved by ";
            case DENIED -> " Denied by ";
        };
        return told + verdict + Readable.harmless(decision.by()) + ", " + Readable.time(decision.when())
                + (decision.reason() == null ? "." : ": " + Readable.harmless(decision.reason()));
    }
}
