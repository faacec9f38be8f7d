package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/** The times that Quartz has come to. */
final class QuartzTimetable implements Timetable {

    private final Schedules schedules;
    private final QuartzJobs quartz;

    QuartzTimetable(Schedules schedules, QuartzJobs quartz) {
        this.schedules = schedules;
        this.quartz = quartz;
    }

    @Override
    public List<Due> due() {
        Map<String, Due> byMapping = new TreeMap<>();
        for (Schedule schedule : schedules.enabled()) {
            Due due = due(schedule);
            if (due != null) {
                byMapping.merge(schedule.mapping(), due, QuartzTimetable::sooner);
            }
        }
        return new ArrayList<>(byMapping.values());
    }

    private @Nullable Due due(Schedule schedule) {
        try {
            Trigger trigger = quartz.trigger(schedule.name());
            Date next = trigger == null ? null : trigger.getNextFireTime();
            if (trigger == null || next == null || quartz.state(schedule.name()) == Trigger.TriggerState.PAUSED) {
                return null;
            }
            Date after = trigger.getFireTimeAfter(next);
            Duration interval = after == null ? Duration.ZERO : Duration.between(next.toInstant(), after.toInstant());
            return new Due(schedule.mapping(), interval, next.toInstant());
        } catch (SchedulerException e) {
            throw QuartzJobs.trouble(e);
        }
    }

    private static Due sooner(Due one, Due other) {
        Duration interval = one.interval().isZero()
                        || (!other.interval().isZero() && other.interval().compareTo(one.interval()) < 0)
                ? other.interval()
                : one.interval();
        Instant next = other.next().isBefore(one.next()) ? other.next() : one.next();
        return new Due(one.mapping(), interval, next);
    }
}
