package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;

/**
 * The trigger of a schedule as PingIDM's scheduler shows it. {@code serialized} is what Quartz keeps, with its times in
 * milliseconds since 1970.
 */
public final class TriggerDocument {

    private TriggerDocument() {}

    /** What the trigger of a schedule is called in addresses. */
    public static String id(Schedule schedule) {
        return Triggers.GROUP + "." + Triggers.key(schedule.name()).getName();
    }

    /** The document, or null when there is no trigger. */
    public static @Nullable Map<String, @Nullable Object> of(ScheduledJob job) {
        Trigger trigger = job.trigger();
        if (trigger == null) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", id(job.schedule()));
        json.put("_rev", "");
        json.put("calendar", null);
        json.put("group", Triggers.GROUP);
        json.put("jobKey", Triggers.GROUP + "." + job.schedule().name());
        json.put("name", trigger.getKey().getName());
        // A firing is noted within milliseconds, so that no server holds a trigger for longer than that.
        json.put("nodeId", null);
        json.put("previousState", null);
        json.put("serialized", serialized(job.schedule(), trigger));
        json.put("state", String.valueOf(job.state()));
        json.put(
                "_rev",
                "%016x".formatted(Integer.toUnsignedLong(Json.write(json).hashCode())));
        return json;
    }

    private static Map<String, @Nullable Object> serialized(Schedule schedule, Trigger trigger) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", schedule.type() == Schedule.Type.CRON ? "CronTriggerImpl" : "SimpleTriggerImpl");
        json.put("calendarName", null);
        if (trigger instanceof CronTrigger cron) {
            Map<String, @Nullable Object> expression = new LinkedHashMap<>();
            expression.put("cronExpression", cron.getCronExpression());
            expression.put("timeZone", cron.getTimeZone().getID());
            json.put("cronEx", expression);
        }
        json.put("description", null);
        json.put("endTime", milliseconds(trigger.getEndTime()));
        json.put("fireInstanceId", null);
        json.put("group", Triggers.GROUP);
        json.put("jobDataMap", data(schedule));
        json.put("jobGroup", Triggers.GROUP);
        json.put("jobName", schedule.name());
        json.put("misfireInstruction", trigger.getMisfireInstruction());
        json.put("name", trigger.getKey().getName());
        json.put("nextFireTime", milliseconds(trigger.getNextFireTime()));
        json.put("previousFireTime", milliseconds(trigger.getPreviousFireTime()));
        json.put("priority", trigger.getPriority());
        if (trigger instanceof SimpleTrigger simple) {
            json.put("complete", false);
            json.put("repeatCount", simple.getRepeatCount());
            json.put("repeatInterval", simple.getRepeatInterval());
            json.put("timesTriggered", simple.getTimesTriggered());
        }
        json.put("startTime", milliseconds(trigger.getStartTime()));
        json.put("volatility", false);
        return json;
    }

    private static Map<String, @Nullable Object> data(Schedule schedule) {
        Map<String, @Nullable Object> document = ScheduleDocument.of(schedule);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scheduler.invokeService", document.get("invokeService"));
        json.put("scheduler.config-name", "scheduler-" + schedule.name());
        json.put("scheduler.invokeContext", document.get("invokeContext"));
        json.put("schedule.config", document);
        json.put("scheduler.invokeLogLevel", document.get("invokeLogLevel"));
        return json;
    }

    private static @Nullable Long milliseconds(@Nullable Date date) {
        return date == null ? null : date.getTime();
    }
}
