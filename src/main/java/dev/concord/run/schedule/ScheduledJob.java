package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.quartz.Trigger;

/**
 * A schedule and when it fires.
 *
 * @param revision of its text
 * @param origin where it is kept
 * @param next null when it is not enabled, or never fires again
 * @param previous null when it has not fired since it was last changed
 * @param trigger what Quartz has of it; null when it is not enabled, or never fires again
 * @param state of its trigger as Quartz calls it, such as NORMAL or PAUSED; null without one
 * @param finished whether Quartz knows that it never fires again, though it is enabled
 * @param last what became of the last firing, or null
 */
public record ScheduledJob(
        Schedule schedule,
        String revision,
        Origin origin,
        @Nullable Instant next,
        @Nullable Instant previous,
        @Nullable Trigger trigger,
        Trigger.@Nullable TriggerState state,
        boolean finished,
        @Nullable Firing last) {

    /** Where a schedule is kept, which is where it can be changed. */
    public enum Origin {
        /** A file below {@code jobs/schedules}. */
        FILE,
        /** The platform database; it was made over REST. */
        DATABASE
    }
}
