package dev.concord.run.schedule;

import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import dev.concord.run.UnusableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that somebody wants to be kept in the platform database, without faults.
 *
 * @param text of it, as it is kept
 */
record SentSchedule(Schedule schedule, String text) {

    /**
     * Reads what was sent.
     *
     * @param mappings the names of the mappings there are
     * @throws UnusableDefinition when the document has errors, or what it says never comes to pass
     */
    static SentSchedule of(String name, Map<String, @Nullable Object> document, Set<String> mappings, Instant now) {
        String text = ScheduleDocument.written(document);
        Schedule.Reading reading = Schedule.read(name, text, mappings);
        Schedule schedule = reading.schedule();
        if (schedule == null) {
            List<Fault> errors = reading.faults().stream()
                    .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                    .toList();
            // Whoever tells of it tells the faults, too.
            throw unusable("it has faults.", errors);
        }
        String never = schedule.enabled() ? whyNever(schedule, now) : null;
        if (never != null) {
            throw unusable(
                    "it never fires, because " + never + ". Give it times in the future, or send enabled: false.",
                    List.of());
        }
        if (!schedule.persisted()) {
            throw unusable(
                    "/persisted false is not possible here; a schedule that is made over REST is kept in the database"
                            + " (allowed: true).",
                    List.of());
        }
        return new SentSchedule(schedule, Json.write(Json.readObject(text)));
    }

    private static @Nullable String whyNever(Schedule schedule, Instant now) {
        try {
            return Triggers.whyNever(schedule, now);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return "its times lie further away than can be counted in milliseconds";
        }
    }

    private static UnusableDefinition unusable(String why, List<Fault> faults) {
        return new UnusableDefinition("The schedule cannot be used: " + why, faults);
    }
}
