package dev.concord.run.schedule;

import java.time.Instant;
import java.util.Date;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;

/**
 * What Quartz calls. It notes the firing and comes back; the run goes on elsewhere. When the server dies in between,
 * Quartz calls it again on another one, and the firing still counts once, by the time that it was due.
 */
@DisallowConcurrentExecution
final class FiringJob implements Job {

    private final Schedules schedules;

    FiringJob(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void execute(JobExecutionContext context) {
        schedules.fired(context.getJobDetail().getKey().getName(), due(context));
    }

    private static Instant due(JobExecutionContext context) {
        if (context.isRecovering()) {
            String original = context.getTrigger()
                    .getJobDataMap()
                    .getString(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS);
            if (original != null) {
                return Instant.ofEpochMilli(Long.parseLong(original));
            }
        }
        Date due = context.getScheduledFireTime();
        return (due == null ? context.getFireTime() : due).toInstant();
    }
}
