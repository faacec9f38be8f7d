package dev.concord.mapping;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** Reads the files below {@code jobs/schedules}. */
final class ScheduleReader {

    private static final Pattern CRON = Pattern.compile("[0-9A-Za-z*?/,#-]+(\\s+[0-9A-Za-z*?/,#-]+){5,6}");

    /** A second: what fires oftener would only find its own run at work. */
    private static final long LEAST_INTERVAL = 1_000;

    private static final long MOST_INTERVAL = 100L * 365 * 24 * 3_600_000;

    private final Set<String> mappings;
    private final FaultLog log;

    /** @param mappings the names of the mappings there are */
    ScheduleReader(Set<String> mappings, FaultLog log) {
        this.mappings = mappings;
        this.log = log;
    }

    /** The schedule, or null when it has errors. */
    @Nullable
    Schedule read(Node root, String fileName) {
        Fields fields = Fields.of(root, Shape.SCHEDULE, log);
        if (fields == null) {
            return null;
        }
        String written = fields.text("name");
        String name = written == null ? fileName : written;
        Names.checkPlain(root, name, "the name of a schedule", log);
        Node typeNode = fields.required("type");
        Schedule.Type type = typeNode == null ? null : fields.word("type", Words.SCHEDULE_TYPES);
        String expression = expression(fields, type);
        long interval = interval(fields, type);
        ZoneId zone = zone(fields);
        Instant start = time(fields, "startTime", zone);
        Instant end = time(fields, "endTime", zone);
        Node endNode = fields.get("endTime");
        if (endNode != null && start != null && end != null && !start.isBefore(end)) {
            log.error(endNode, "the end is not after the start");
        }
        Schedule.MisfirePolicy misfire = fields.word("misfirePolicy", Words.MISFIRE_POLICIES);
        requireWord(fields, "invokeService", "sync");
        String mapping = mapping(fields);
        boolean enabled = fields.flag("enabled", true);
        boolean persisted = fields.flag("persisted", true);
        boolean recoverable = fields.flag("recoverable", false);
        int repeatCount = fields.number("repeatCount", -1, -1, Integer.MAX_VALUE);
        Node concurrent = fields.get("concurrentExecution");
        if (concurrent != null && fields.flag("concurrentExecution", false)) {
            log.error(concurrent, "true is not possible; a mapping has one run at a time (allowed: false)");
        }
        if (log.hasErrors() || type == null || mapping == null) {
            return null;
        }
        return new Schedule(
                name,
                enabled,
                persisted,
                type,
                expression,
                interval,
                type == Schedule.Type.CRON ? -1 : repeatCount,
                start,
                end,
                zone,
                misfire == null ? Schedule.MisfirePolicy.FIRE_AND_PROCEED : misfire,
                false,
                recoverable,
                mapping,
                root.place());
    }

    private @Nullable String expression(Fields fields, Schedule.@Nullable Type type) {
        Node node = fields.get("schedule");
        String text = fields.text("schedule");
        if (type == Schedule.Type.SIMPLE) {
            if (node != null) {
                log.error(node, "a simple schedule has no cron expression; remove it, or write type: cron");
            }
            return null;
        }
        if (type == Schedule.Type.CRON && node == null) {
            fields.required("schedule");
        }
        if (node != null && text != null && !CRON.matcher(text.strip()).matches()) {
            log.error(
                    node,
                    Quote.text(text)
                            + " is no cron expression; six or seven fields are required: second minute hour day month weekday [year], such as 0 0 2 * * ?");
        } else if (node != null && text != null) {
            String trouble = troubleOf(text.strip());
            if (trouble != null) {
                log.error(
                        node,
                        Quote.text(text) + " cannot be understood as a cron expression: " + trouble
                                + "; required is one such as 0 0 2 * * ?");
            }
        }
        return text == null ? null : text.strip();
    }

    static @Nullable String troubleOfAny(String text) {
        return CRON.matcher(text).matches() ? troubleOf(text) : "six or seven fields are required";
    }

    /** What is wrong with a cron expression that has the right shape, or null. */
    private static @Nullable String troubleOf(String expression) {
        String[] fields = expression.split("\\s+");
        for (int i = 0; i < 6; i++) {
            // Quartz takes some larger numbers for * and ?, and lets others pass.
            for (String number : fields[i].split("[^0-9]+")) {
                if (number.length() > 2 || (!number.isEmpty() && Integer.parseInt(number) > 59)) {
                    return number + " is too large";
                }
            }
        }
        try {
            new CronExpression(expression);
            return null;
        } catch (ParseException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage()).replaceAll("\\.$", "");
        }
    }

    private long interval(Fields fields, Schedule.@Nullable Type type) {
        Node node = fields.get("repeatInterval");
        if (type == Schedule.Type.SIMPLE && node == null) {
            fields.required("repeatInterval");
        }
        if (node == null) {
            return 0;
        }
        if (type == Schedule.Type.CRON) {
            log.error(node, "a cron schedule has no interval; remove it, or write type: simple");
            return 0;
        }
        if (!(node instanceof Node.Leaf leaf
                && leaf.value() instanceof Number number
                && (number instanceof Integer || number instanceof Long)
                && number.longValue() > 0)) {
            log.error(
                    node,
                    Quote.node(node) + " is no interval; a number of milliseconds is required, at least "
                            + LEAST_INTERVAL);
            return 0;
        }
        long interval = number.longValue();
        if (interval < LEAST_INTERVAL) {
            log.error(
                    node,
                    interval + " milliseconds are too short an interval; at least " + LEAST_INTERVAL
                            + " are required (3600000 is an hour)");
        } else if (interval > MOST_INTERVAL) {
            log.error(
                    node,
                    interval + " milliseconds are too long an interval; at most " + MOST_INTERVAL
                            + ", a hundred years, are possible");
        }
        return interval;
    }

    private @Nullable ZoneId zone(Fields fields) {
        Node node = fields.get("timeZone");
        String text = fields.text("timeZone");
        if (node == null || text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            log.error(
                    node,
                    Quote.text(text) + " is no time zone"
                            + Suggestion.tail("examples", text, List.of("UTC", "Europe/Berlin", "America/New_York")));
            return null;
        }
    }

    /** A time with an offset, or one without that is meant in the schedule's zone. */
    private @Nullable Instant time(Fields fields, String key, @Nullable ZoneId zone) {
        Node node = fields.get(key);
        String text = fields.text(key);
        if (node == null || text == null) {
            return null;
        }
        try {
            boolean offset = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text)
                            .atZone(zone == null ? ZoneId.systemDefault() : zone)
                            .toInstant();
        } catch (DateTimeException e) {
            log.error(node, Quote.text(text) + " is no time; required is one like 2026-12-31T02:00:00Z");
            return null;
        }
    }

    private @Nullable String mapping(Fields fields) {
        if (fields.required("invokeContext") == null) {
            return null;
        }
        Fields context = fields.object("invokeContext", Shape.INVOKE_CONTEXT);
        if (context == null) {
            return null;
        }
        requireWord(context, "action", "reconcile");
        Node node = context.required("mapping");
        String mapping = context.text("mapping");
        if (node != null && mapping != null && !mappings.contains(mapping)) {
            log.error(node, Quote.text(mapping) + " is no mapping" + Suggestion.tail("known", mapping, mappings));
        }
        return mapping;
    }

    private void requireWord(Fields fields, String key, String word) {
        Node node = fields.required(key);
        String text = fields.text(key);
        if (node != null && text != null && !text.equals(word)) {
            log.error(node, Quote.text(text) + " is not possible here; allowed: " + word);
        }
    }
}
