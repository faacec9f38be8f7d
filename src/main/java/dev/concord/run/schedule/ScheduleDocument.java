package dev.concord.run.schedule;

import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schedules as PingIDM's scheduler writes them down. */
public final class ScheduleDocument {

    /** What a client sends back because it was shown it; nobody has written it. */
    private static final Set<String> SHOWN = Set.of(
            "_id",
            "_rev",
            "triggers",
            "nextRunDate",
            "previousRunDate",
            "invokeLogLevel",
            "origin",
            "lastFiring",
            "finished",
            "faults");

    private static final String SERVICE = "org.forgerock.openidm.";

    private ScheduleDocument() {}

    /** The whole document: every key, with null where nothing is set. */
    public static Map<String, @Nullable Object> of(Schedule schedule) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("enabled", schedule.enabled());
        json.put("persisted", schedule.persisted());
        json.put("recoverable", schedule.recoverable());
        json.put("misfirePolicy", schedule.misfirePolicy().word());
        json.put("schedule", schedule.expression());
        json.put("repeatInterval", schedule.repeatInterval());
        // A cron schedule has no number of repetitions; it is shown as PingIDM shows it.
        json.put("repeatCount", schedule.type() == Schedule.Type.CRON ? 0 : schedule.repeatCount());
        json.put("type", schedule.type().name().toLowerCase(Locale.ROOT));
        json.put("invokeService", "sync");
        json.put("invokeContext", invokeContext(schedule));
        json.put("invokeLogLevel", "info");
        json.put("startTime", text(schedule.startTime()));
        json.put("endTime", text(schedule.endTime()));
        json.put(
                "timeZone",
                schedule.timeZone() == null ? null : schedule.timeZone().getId());
        json.put("concurrentExecution", false);
        return json;
    }

    private static Map<String, @Nullable Object> invokeContext(Schedule schedule) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("action", "reconcile");
        context.put("mapping", schedule.mapping());
        return context;
    }

    /** What a client sent, as text that can be read like a file: without what it only sent back. */
    static String written(Map<String, @Nullable Object> sent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(sent);
        json.keySet().removeAll(SHOWN);
        json.remove("name");
        if ("cron".equals(json.get("type"))) {
            json.remove("repeatInterval");
            json.remove("repeatCount");
        } else if ("simple".equals(json.get("type"))) {
            json.remove("schedule");
        }
        if (json.get("invokeService") instanceof String service && service.startsWith(SERVICE)) {
            json.put("invokeService", service.substring(SERVICE.length()));
        }
        return Json.write(json);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
