package dev.concord.telemetry;

import dev.concord.run.Timetable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether whoever starts runs by schedule is at work in this process. */
record ScheduleHealth(Timetable timetable) implements HealthIndicator {

    @Override
    public Health health() {
        Health.Builder health = timetable.isWorking() ? Health.up() : Health.status(RunsHealth.WARNING);
        return health.withDetail("schedules", timetable.lines().size()).build();
    }
}
