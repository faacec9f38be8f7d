package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.ScheduleBuilder;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.spi.OperableTrigger;

/** What Quartz is told of a schedule. */
final class Triggers {

    static final String GROUP = "scheduler-service-group";

    private Triggers() {}

    static TriggerKey key(String schedule) {
        return new TriggerKey("trigger-" + schedule, GROUP);
    }

    /**
     * The trigger of a schedule that is made or changed now; null when it never fires again. What would have been due
     * before now is not made up for: it is missed only by a trigger that was there.
     */
    static @Nullable Trigger of(Schedule schedule, Instant now) {
        if (schedule.endTime() != null && !schedule.endTime().isAfter(now)) {
            return null;
        }
        Instant from = schedule.startTime() != null && schedule.startTime().isAfter(now) ? schedule.startTime() : now;
        TriggerBuilder<Trigger> builder = TriggerBuilder.newTrigger().withIdentity(key(schedule.name()));
        if (schedule.endTime() != null) {
            builder.endAt(Date.from(schedule.endTime()));
        }
        Trigger trigger = switch (schedule.type()) {
            case CRON ->
                builder.startAt(Date.from(from)).withSchedule(cron(schedule)).build();
            case SIMPLE -> simple(schedule, builder, now);
        };
        return trigger == null || ((OperableTrigger) trigger).computeFirstFireTime(null) == null ? null : trigger;
    }

    /** Why a schedule never fires from now on; null when it does. */
    static @Nullable String whyNever(Schedule schedule, Instant now) {
        if (of(schedule, now) != null) {
            return null;
        }
        if (schedule.endTime() != null && !schedule.endTime().isAfter(now)) {
            return "its endTime " + schedule.endTime() + " lies in the past";
        }
        if (schedule.endTime() != null) {
            return "it has no time left before its endTime " + schedule.endTime();
        }
        return switch (schedule.type()) {
            case CRON -> "its cron expression \"" + schedule.expression() + "\" has no time in the future";
            case SIMPLE ->
                "all " + (schedule.repeatCount() + 1L) + " firings since its startTime " + schedule.startTime()
                        + " lie in the past";
        };
    }

    private static ScheduleBuilder<? extends Trigger> cron(Schedule schedule) {
        ZoneId zone = schedule.timeZone() == null ? ZoneId.systemDefault() : schedule.timeZone();
        CronScheduleBuilder cron = CronScheduleBuilder.cronSchedule(Objects.requireNonNull(schedule.expression()))
                .inTimeZone(TimeZone.getTimeZone(zone));
        return switch (schedule.misfirePolicy()) {
            case FIRE_AND_PROCEED -> cron.withMisfireHandlingInstructionFireAndProceed();
            case DO_NOTHING -> cron.withMisfireHandlingInstructionDoNothing();
        };
    }

    /** One that began in the past keeps its beat: it goes on at the next multiple of its interval. */
    private static @Nullable Trigger simple(Schedule schedule, TriggerBuilder<Trigger> builder, Instant now) {
        Instant start = schedule.startTime() == null ? now : schedule.startTime();
        long interval = schedule.repeatInterval();
        long past = start.isBefore(now) ? Math.ceilDiv(now.toEpochMilli() - start.toEpochMilli(), interval) : 0;
        if (schedule.repeatCount() >= 0 && past > schedule.repeatCount()) {
            return null;
        }
        SimpleScheduleBuilder simple = SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(interval)
                .withRepeatCount(
                        schedule.repeatCount() < 0
                                ? SimpleTrigger.REPEAT_INDEFINITELY
                                : (int) (schedule.repeatCount() - past));
        simple = switch (schedule.misfirePolicy()) {
            case FIRE_AND_PROCEED -> simple.withMisfireHandlingInstructionNowWithRemainingCount();
            case DO_NOTHING -> simple.withMisfireHandlingInstructionNextWithRemainingCount();
        };
        Instant first = start.plusMillis(past * interval);
        if (schedule.endTime() != null && first.isAfter(schedule.endTime())) {
            return null;
        }
        return builder.startAt(Date.from(first)).withSchedule(simple).build();
    }
}
