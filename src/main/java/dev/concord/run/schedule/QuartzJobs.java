package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Quartz knows of the schedules, for all servers. A schedule that has not changed is left alone, so that what was
 * missed while no server was there is still known. Safe for use by several threads.
 */
final class QuartzJobs {

    private static final Logger LOG = LoggerFactory.getLogger(QuartzJobs.class);
    private static final String DOCUMENT = "document";

    private final Scheduler scheduler;
    private final TransactionTemplate transaction;

    /** @param transaction on the database with Quartz's tables: its locks last as long as the transaction around it */
    QuartzJobs(Scheduler scheduler, TransactionTemplate transaction) {
        this.scheduler = scheduler;
        this.transaction = transaction;
    }

    /**
     * Has Quartz fire these, as far as they are enabled, and nothing else. Each is a transaction of its own, so that
     * one that cannot be kept is in nobody's way. Other servers that do the same wait for each other.
     *
     * @return what kept Quartz from taking a schedule, by its name
     */
    synchronized Map<String, RuntimeException> keepOnly(Collection<Schedule> schedules, Instant now) {
        Map<String, RuntimeException> troubles = new TreeMap<>();
        Set<String> others = names();
        for (Schedule schedule : schedules) {
            if (schedule.enabled()) {
                others.remove(schedule.name());
                alone(schedule.name(), () -> keep(schedule, now), troubles);
            }
        }
        for (String name : others) {
            alone(name, () -> remove(name), troubles);
        }
        return troubles;
    }

    private static void alone(String name, Runnable work, Map<String, RuntimeException> troubles) {
        try {
            work.run();
        } catch (RuntimeException e) {
            troubles.put(name, e);
        }
    }

    private Set<String> names() {
        try {
            Set<String> names = new HashSet<>();
            scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Triggers.GROUP)).forEach(key -> names.add(key.getName()));
            return names;
        } catch (SchedulerException e) {
            throw trouble(e);
        }
    }

    /** Has Quartz fire one schedule, if it is enabled: in the transaction around this, if there is one. */
    void keep(Schedule schedule, Instant now) {
        if (schedule.enabled()) {
            tell(quartz -> put(schedule, now));
        } else {
            remove(schedule.name());
        }
    }

    /** Quartz knows no schedule of this name any more: in the transaction around this, if there is one. */
    void remove(String name) {
        tell(quartz -> {
            // Takes Quartz's lock, without which another server may remove what deleteJob() is about to read.
            quartz.pauseJob(key(name));
            if (quartz.deleteJob(key(name))) {
                LOG.info("Schedule {} does not fire any more.", name);
            }
        });
    }

    /** Whether Quartz has been told of an enabled schedule as it is now, and will never fire it again. */
    boolean isFinished(Schedule schedule) throws SchedulerException {
        return schedule.enabled()
                && Json.write(ScheduleDocument.of(schedule)).equals(document(schedule.name()))
                && trigger(schedule.name()) == null;
    }

    /** What a schedule said when Quartz was told of it, as JSON; null when Quartz does not know it. */
    @Nullable
    String document(String name) {
        try {
            JobDetail job = scheduler.getJobDetail(key(name));
            return job == null ? null : job.getJobDataMap().getString(DOCUMENT);
        } catch (SchedulerException e) {
            throw trouble(e);
        }
    }

    private void put(Schedule schedule, Instant now) throws SchedulerException {
        String document = Json.write(ScheduleDocument.of(schedule));
        JobDetail there = scheduler.getJobDetail(key(schedule.name()));
        if (there != null && document.equals(there.getJobDataMap().getString(DOCUMENT))) {
            return;
        }
        JobDetail job = JobBuilder.newJob(FiringJob.class)
                .withIdentity(key(schedule.name()))
                // By this the mapping is found in Quartz's tables.
                .withDescription(schedule.mapping())
                .usingJobData(DOCUMENT, document)
                .requestRecovery()
                .storeDurably()
                .build();
        Trigger trigger = Triggers.of(schedule, now);
        if (trigger == null) {
            scheduler.addJob(job, true);
            scheduler.unscheduleJob(Triggers.key(schedule.name()));
            LOG.warn("Schedule {} never fires again: {}.", schedule.name(), Triggers.whyNever(schedule, now));
        } else {
            // Likewise, before the trigger is read.
            scheduler.addJob(job, true);
            Trigger before = trigger(schedule.name());
            if (before != null && !before.getClass().equals(trigger.getClass())) {
                // Each kind of trigger has a table of its own, and Quartz would look for the old row in the new one.
                scheduler.unscheduleJob(before.getKey());
            }
            scheduler.scheduleJob(job, Set.of(trigger), true);
            LOG.info("Schedule {} starts {} next at {}.", schedule.name(), schedule.mapping(), next(schedule.name()));
        }
    }

    private @Nullable Instant next(String name) throws SchedulerException {
        Trigger trigger = trigger(name);
        return trigger == null || trigger.getNextFireTime() == null
                ? null
                : trigger.getNextFireTime().toInstant();
    }

    @Nullable
    Trigger trigger(String schedule) throws SchedulerException {
        return scheduler.getTrigger(Triggers.key(schedule));
    }

    Trigger.TriggerState state(String schedule) throws SchedulerException {
        return scheduler.getTriggerState(Triggers.key(schedule));
    }

    void pauseAll() {
        tell(Scheduler::pauseAll);
    }

    void resumeAll() {
        tell(Scheduler::resumeAll);
    }

    void pause(String schedule) {
        tell(quartz -> quartz.pauseTrigger(Triggers.key(schedule)));
    }

    void resume(String schedule) {
        tell(quartz -> quartz.resumeTrigger(Triggers.key(schedule)));
    }

    private void tell(Order order) {
        transaction.executeWithoutResult(status -> {
            try {
                order.giveTo(scheduler);
            } catch (SchedulerException e) {
                throw trouble(e);
            }
        });
    }

    private interface Order {
        void giveTo(Scheduler quartz) throws SchedulerException;
    }

    /** Quartz has no other trouble than that of its tables. */
    static DataAccessResourceFailureException trouble(SchedulerException e) {
        return new DataAccessResourceFailureException("Schedules cannot be read or written.", e);
    }

    private static JobKey key(String schedule) {
        return new JobKey(schedule, Triggers.GROUP);
    }
}
