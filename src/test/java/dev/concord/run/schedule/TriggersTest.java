package dev.concord.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.Trigger;
import org.quartz.spi.OperableTrigger;

/** When schedules fire: by the calendar of their zone, in equal intervals, and after servers were away. */
class TriggersTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /**
     * On the night that loses an hour, a time inside that hour is left out; on the one that has it twice, it counts
     * once.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berlin    | 0 30 2 * * ? | 2026-03-28T12:00 | 2026-03-30T02:30+02:00 2026-03-31T02:30+02:00",
                "Europe/Berlin    | 0 0 3 * * ?  | 2026-03-28T12:00 | 2026-03-29T03:00+02:00 2026-03-30T03:00+02:00",
                "Europe/Berlin    | 0 30 1 * * ? | 2026-03-28T12:00 | 2026-03-29T01:30+01:00 2026-03-30T01:30+02:00",
                "Europe/Berlin    | 0 30 2 * * ? | 2026-10-24T12:00 | 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00",
                "America/New_York | 0 30 2 * * ? | 2026-03-07T12:00 | 2026-03-09T02:30-04:00 2026-03-10T02:30-04:00",
                "America/New_York | 0 0 3 * * ?  | 2026-03-07T12:00 | 2026-03-08T03:00-04:00 2026-03-09T03:00-04:00",
                "America/New_York | 0 30 1 * * ? | 2026-10-31T12:00 | 2026-11-01T01:30-05:00 2026-11-02T01:30-05:00",
                "UTC              | 0 30 2 * * ? | 2026-03-28T12:00 | 2026-03-29T02:30Z 2026-03-30T02:30Z",
            })
    void cronFollowsTheClocksOfItsZone(String zone, String cron, String from, String wanted) {
        Instant now = LocalDateTime.parse(from).atZone(ZoneId.of(zone)).toInstant();
        Trigger trigger = Triggers.of(schedule("type", "cron", "schedule", cron, "timeZone", zone), now);
        List<String> fires = new ArrayList<>();
        Date next = trigger.getNextFireTime();
        for (int i = 0; i < 2; i++) {
            fires.add(
                    next.toInstant().atZone(ZoneId.of(zone)).toOffsetDateTime().toString());
            next = trigger.getFireTimeAfter(next);
        }
        assertThat(String.join(" ", fires)).isEqualTo(wanted);
    }

    @Test
    void intervalsDoNotCareAboutClocks() {
        Trigger trigger = Triggers.of(
                schedule(
                        "type",
                        "simple",
                        "repeatInterval",
                        3_600_000,
                        "startTime",
                        "2026-10-24T23:30:00Z",
                        "timeZone",
                        "Europe/Berlin"),
                Instant.parse("2026-10-24T20:00:00Z"));
        assertThat(times(trigger, 4))
                .containsExactly(
                        Instant.parse("2026-10-24T23:30:00Z"),
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"),
                        Instant.parse("2026-10-25T02:30:00Z"));
    }

    @Test
    void aSimpleScheduleThatBeganInThePastKeepsItsBeatAndItsNumber() {
        Trigger trigger = Triggers.of(
                schedule(
                        "type",
                        "simple",
                        "repeatInterval",
                        600_000,
                        "repeatCount",
                        3,
                        "startTime",
                        "2026-06-01T11:45:00Z"),
                NOW);
        assertThat(times(trigger, 5))
                .containsExactly(Instant.parse("2026-06-01T12:05:00Z"), Instant.parse("2026-06-01T12:15:00Z"));
    }

    @Test
    void whatWasDueBeforeAScheduleWasMadeIsNotMadeUpFor() {
        Trigger trigger = Triggers.of(
                schedule(
                        "type",
                        "cron",
                        "schedule",
                        "0 0 2 * * ?",
                        "timeZone",
                        "UTC",
                        "startTime",
                        "2026-01-01T00:00:00Z"),
                NOW);
        assertThat(trigger.getNextFireTime().toInstant()).isEqualTo("2026-06-02T02:00:00Z");
    }

    @Test
    void nothingFiresBeforeTheStartOrFromTheEndOn() {
        Trigger trigger = Triggers.of(
                schedule(
                        "type",
                        "cron",
                        "schedule",
                        "0 0 2 * * ?",
                        "timeZone",
                        "UTC",
                        "startTime",
                        "2026-06-10T00:00:00Z",
                        "endTime",
                        "2026-06-12T02:00:00Z"),
                NOW);
        assertThat(times(trigger, 5))
                .containsExactly(
                        Instant.parse("2026-06-10T02:00:00Z"),
                        Instant.parse("2026-06-11T02:00:00Z"),
                        Instant.parse("2026-06-12T02:00:00Z"));
    }

    @Test
    void aScheduleWhoseTimesHavePassedHasNoTrigger() {
        assertThat(Triggers.of(
                        schedule("type", "cron", "schedule", "0 0 2 * * ?", "endTime", "2026-06-01T11:00:00Z"), NOW))
                .isNull();
        assertThat(Triggers.of(schedule("type", "cron", "schedule", "0 0 2 * * ? 2025"), NOW))
                .isNull();
        assertThat(Triggers.of(
                        schedule(
                                "type",
                                "simple",
                                "repeatInterval",
                                1_000,
                                "repeatCount",
                                0,
                                "startTime",
                                "2026-06-01T11:00:00Z"),
                        NOW))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-06-01T11:00:00Z |                      | -1 | its endTime 2026-06-01T11:00:00Z lies in the past
            2026-06-01T13:00:00Z | 2026-06-01T11:30:00Z | -1 | it has no time left before its endTime 2026-06-01T13:00:00Z
                                 | 2026-06-01T05:00:00Z | 1  | all 2 firings since its startTime 2026-06-01T05:00:00Z lie in the past
            """)
    void whyAScheduleNeverFiresAgainIsTold(String end, String start, int count, String why) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("endTime", end);
        more.put("startTime", start);
        more.values().removeIf(Objects::isNull);
        List<Object> pairs =
                new ArrayList<>(List.of("type", "simple", "repeatInterval", 3 * 3_600_000, "repeatCount", count));
        more.forEach((key, value) -> pairs.addAll(List.of(key, value)));
        assertThat(Triggers.whyNever(schedule(pairs.toArray()), NOW)).isEqualTo(why);
        assertThat(Triggers.whyNever(schedule("type", "cron", "schedule", "0 0 2 * * ? 2025"), NOW))
                .isEqualTo("its cron expression \"0 0 2 * * ? 2025\" has no time in the future");
        assertThat(Triggers.whyNever(schedule("type", "cron", "schedule", "0 0 2 * * ?"), NOW))
                .isNull();
    }

    /** Quartz asks a trigger this when no server was there at its time. */
    @ParameterizedTest
    @CsvSource({"cron", "simple"})
    void aFiringThatWasMissedIsMadeUpForOnceOrLeftOut(String type) {
        Instant made = Instant.now().minus(Duration.ofDays(3));
        OperableTrigger made1 = (OperableTrigger) Triggers.of(hourly(type, "fireAndProceed"), made);
        assertThat(made1.getNextFireTime()).isBefore(new Date());
        Date before = new Date();
        made1.updateAfterMisfire(null);
        assertThat(made1.getNextFireTime()).isBetween(before, new Date(), true, true);
        made1.triggered(null);
        assertThat(made1.getNextFireTime()).isAfter(before);

        OperableTrigger left = (OperableTrigger) Triggers.of(hourly(type, "doNothing"), made);
        left.updateAfterMisfire(null);
        assertThat(left.getNextFireTime()).isAfter(before);
        if (type.equals("cron")) {
            assertThat(left.getNextFireTime().getTime() % 3_600_000).isZero();
        }
    }

    private static Schedule hourly(String type, String policy) {
        return type.equals("cron")
                ? schedule("type", "cron", "schedule", "0 0 * * * ?", "timeZone", "UTC", "misfirePolicy", policy)
                : schedule("type", "simple", "repeatInterval", 3_600_000, "misfirePolicy", policy);
    }

    private static List<Instant> times(Trigger trigger, int most) {
        List<Instant> times = new ArrayList<>();
        for (Date next = trigger.getNextFireTime(); next != null && times.size() < most; ) {
            times.add(next.toInstant());
            next = trigger.getFireTimeAfter(next);
        }
        return times;
    }

    private static Schedule schedule(Object... pairs) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            document.put((String) pairs[i], pairs[i + 1]);
        }
        document.put("invokeService", "sync");
        document.put("invokeContext", Map.of("action", "reconcile", "mapping", "people"));
        Schedule.Reading reading = Schedule.read("nightly", Json.write(document), Set.of("people"));
        assertThat(reading.faults()).isEmpty();
        return reading.schedule();
    }
}
