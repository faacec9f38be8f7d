package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import dev.concord.run.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/** The times that Quartz has come to. */
final class QuartzTimetable implements Timetable {

    /** Long enough for a schedule of certain days of a month; what fires oftener is known sooner. */
    private static final Duration AHEAD = Duration.ofDays(63);

    private static final int MOST_TIMES = 500;

    private final Schedules schedules;
    private final QuartzJobs quartz;
    private final Scheduler scheduler;

    QuartzTimetable(Schedules schedules, QuartzJobs quartz, Scheduler scheduler) {
        this.schedules = schedules;
        this.quartz = quartz;
        this.scheduler = scheduler;
    }

    @Override
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Schedule schedule : schedules.enabled()) {
            try {
                Line line = line(schedule, quartz.trigger(schedule.name()));
                if (line != null) {
                    lines.add(line);
                }
            } catch (SchedulerException e) {
                throw QuartzJobs.trouble(e);
            }
        }
        return lines;
    }

    @Override
    public Set<String> faulty() {
        return schedules.faulty().keySet();
    }

    @Override
    public Set<String> paused() {
        Set<String> paused = new TreeSet<>();
        for (Schedule schedule : schedules.enabled()) {
            try {
                if (isPaused(schedule)) {
                    paused.add(schedule.name());
                }
            } catch (SchedulerException e) {
                throw QuartzJobs.trouble(e);
            }
        }
        return paused;
    }

    private @Nullable Line line(Schedule schedule, @Nullable Trigger trigger) throws SchedulerException {
        Date next = trigger == null ? null : trigger.getNextFireTime();
        if (trigger == null || next == null) {
            return null;
        }
        // A pause is no reason not to miss the runs; there is only no time at which the next one is due.
        Instant due = isPaused(schedule) ? null : next.toInstant();
        return new Line(schedule.mapping(), longestGap(trigger, next), due);
    }

    private boolean isPaused(Schedule schedule) throws SchedulerException {
        return quartz.state(schedule.name()) == Trigger.TriggerState.PAUSED;
    }

    private static Duration longestGap(Trigger trigger, Date first) {
        Instant end = first.toInstant().plus(AHEAD);
        Duration longest = Duration.ZERO;
        Date time = first;
        for (int i = 0; i < MOST_TIMES && time.toInstant().isBefore(end); i++) {
            Date after = trigger.getFireTimeAfter(time);
            if (after == null) {
                return longest;
            }
            Duration gap = Duration.between(time.toInstant(), after.toInstant());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            time = after;
        }
        return longest;
    }

    @Override
    public boolean isWorking() {
        try {
            return scheduler.isStarted() && !scheduler.isInStandbyMode() && !scheduler.isShutdown();
        } catch (SchedulerException e) {
            return false;
        }
    }
}
