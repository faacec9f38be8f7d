package dev.concord.telemetry;

import dev.concord.run.Timetable;
import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether whoever starts runs by schedule is at work in this process, and no schedule has faults or is paused. */
record ScheduleHealth(Timetable timetable) implements HealthIndicator {

    @Override
    public Health health() {
        Set<String> faulty = timetable.faulty();
        Set<String> paused = timetable.paused();
        boolean allFire = timetable.isWorking() && faulty.isEmpty() && paused.isEmpty();
        Health.Builder health = allFire ? Health.up() : Health.status(RunsHealth.WARNING);
        health.withDetail("schedules", timetable.lines().size());
        if (!faulty.isEmpty()) {
            health.withDetail("faulty", faulty);
        }
        if (!paused.isEmpty()) {
            health.withDetail("paused", paused);
        }
        return health.build();
    }
}
