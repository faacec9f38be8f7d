package dev.concord.api.openidm;

import dev.concord.run.schedule.FaultySchedule;
import dev.concord.run.schedule.Firing;
import dev.concord.run.schedule.ScheduleDocument;
import dev.concord.run.schedule.ScheduledJob;
import dev.concord.run.schedule.Schedules;
import dev.concord.run.schedule.TriggerDocument;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Schedules as PingIDM's scheduler answers them; what {@code docs/schedules.md} calls ours is ours. */
final class ScheduleJson {

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ScheduleJson() {}

    static Map<String, @Nullable Object> of(ScheduledJob job) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", job.schedule().name());
        json.put("_rev", job.revision());
        json.putAll(ScheduleDocument.of(job.schedule()));
        Map<String, @Nullable Object> trigger = TriggerDocument.of(job);
        json.put("triggers", trigger == null ? List.of() : List.of(trigger));
        json.put("previousRunDate", time(job.previous()));
        json.put("nextRunDate", time(job.next()));
        json.put("origin", job.origin().name().toLowerCase(Locale.ROOT));
        json.put("lastFiring", job.last() == null ? null : firing(job.last()));
        if (job.finished()) {
            json.put("finished", true);
        }
        return json;
    }

    /** One that cannot be read: what is known of it, and what is wrong with it. */
    static Map<String, @Nullable Object> of(FaultySchedule schedule, @Nullable Firing last) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", schedule.name());
        json.put("_rev", schedule.revision());
        json.putAll(schedule.document());
        json.put("triggers", List.of());
        json.put("previousRunDate", null);
        json.put("nextRunDate", null);
        json.put("origin", schedule.origin().name().toLowerCase(Locale.ROOT));
        json.put("lastFiring", last == null ? null : firing(last));
        json.put("faults", schedule.faults());
        return json;
    }

    /** All of them, whether they can be read or not, in the order of their names. */
    static List<Map<String, @Nullable Object>> all(Schedules schedules) {
        Map<String, FaultySchedule> faulty = schedules.faulty();
        Map<String, Map<String, @Nullable Object>> all = new TreeMap<>();
        faulty.forEach((name, schedule) -> all.put(name, of(schedule, schedules.lastFiring(name))));
        schedules
                .all()
                .forEach(job -> all.put(
                        job.schedule().name(), of(job, faulty.get(job.schedule().name()))));
        return List.copyOf(all.values());
    }

    /** One of them, or null when there is none of this name. */
    static @Nullable Map<String, @Nullable Object> of(Schedules schedules, String name) {
        FaultySchedule faulty = schedules.faulty().get(name);
        return schedules
                .find(name)
                .map(job -> of(job, faulty))
                .orElseGet(() -> faulty == null ? null : of(faulty, schedules.lastFiring(name)));
    }

    private static Map<String, @Nullable Object> of(ScheduledJob job, @Nullable FaultySchedule faulty) {
        Map<String, @Nullable Object> json = of(job);
        if (faulty != null) {
            json.put("faults", faulty.faults());
        }
        return json;
    }

    /** PingIDM says whether the job was started; the rest says what came of it. */
    static Map<String, @Nullable Object> triggered(Firing firing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("success", firing.hasRun());
        json.putAll(firing(firing));
        return json;
    }

    static Map<String, @Nullable Object> validity(@Nullable String trouble) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("valid", trouble == null);
        if (trouble != null) {
            json.put("message", trouble);
        }
        return json;
    }

    private static Map<String, @Nullable Object> firing(Firing firing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reconId", firing.hasRun() ? firing.runId() : null);
        json.put("fireTime", time(firing.fireTime()));
        json.put("state", firing.state().name());
        json.put("reason", firing.reason());
        return json;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : MILLISECONDS.format(instant);
    }
}
