package dev.concord.mapping;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a mapping runs by itself: a file below {@code jobs/schedules}, in the shape of PingIDM's scheduler.
 *
 * @param expression a Quartz cron expression (seconds first); null for a simple schedule
 * @param repeatInterval milliseconds between two runs of a simple schedule; 0 for a cron schedule
 * @param repeatCount how often a simple schedule fires after the first time; -1 for ever
 * @param startTime when it may fire first; null for at once. Likewise {@code endTime}, null for never ending
 * @param timeZone the zone a cron expression is read in; null for the zone of the process
 * @param recoverable whether a run that was cut off by the end of its process is gone on with
 * @param mapping the name of the mapping to reconcile
 */
public record Schedule(
        String name,
        boolean enabled,
        boolean persisted,
        Type type,
        @Nullable String expression,
        long repeatInterval,
        int repeatCount,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable ZoneId timeZone,
        MisfirePolicy misfirePolicy,
        boolean concurrentExecution,
        boolean recoverable,
        String mapping,
        Place place)
        implements NamedDefinition {

    /** The same, kept somewhere else. */
    public Schedule at(Place elsewhere) {
        return new Schedule(
                name,
                enabled,
                persisted,
                type,
                expression,
                repeatInterval,
                repeatCount,
                startTime,
                endTime,
                timeZone,
                misfirePolicy,
                concurrentExecution,
                recoverable,
                mapping,
                elsewhere);
    }

    /**
     * A schedule that does not come from a file.
     *
     * @param schedule null when it has errors
     * @param faults errors and warnings, with pointers into the document
     */
    public record Reading(@Nullable Schedule schedule, List<Definitions.Fault> faults) {}

    /**
     * Reads a document of PingIDM's scheduler.
     *
     * @param name what the schedule is called, unless the document names it itself
     * @param document JSON text
     * @param mappings the names of the mappings there are
     */
    public static Reading read(String name, String document, Set<String> mappings) {
        FaultLog log = new FaultLog(Spelling.NATIVE);
        Node root = Node.read("schedules/" + name + ".json", document, log);
        Schedule schedule = root == null ? null : new ScheduleReader(mappings, log).read(root, name);
        return new Reading(log.hasErrors() ? null : schedule, log.faults());
    }

    /** What keeps a text from being a Quartz cron expression, or null when nothing does. */
    public static @Nullable String troubleOfCron(String expression) {
        return ScheduleReader.troubleOfAny(expression.strip());
    }

    /** Whether it fires by the calendar or in equal intervals. */
    public enum Type {
        CRON,
        SIMPLE
    }

    /** What happens to a firing that was missed. */
    public enum MisfirePolicy {
        FIRE_AND_PROCEED("fireAndProceed"),
        DO_NOTHING("doNothing");

        private final String word;

        MisfirePolicy(String word) {
            this.word = word;
        }

        /** How files and the REST interface spell it. */
        public String word() {
            return word;
        }
    }
}
