package dev.concord.mapping;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a mapping runs by itself: a file below {@code jobs/schedules}, in the shape of PingIDM's scheduler.
 *
 * @param expression a Quartz cron expression (seconds first); null for a simple schedule
 * @param repeatInterval milliseconds between two runs of a simple schedule; 0 for a cron schedule
 * @param repeatCount how often a simple schedule fires after the first time; -1 for ever
 * @param startTime when it may fire first; null for at once. Likewise {@code endTime}, null for never ending
 * @param timeZone the zone a cron expression is read in; null for the zone of the process
 * @param recoverable whether a run that was cut off by the end of its process is started again
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
