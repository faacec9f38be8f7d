package dev.concord.telemetry;

import dev.concord.guard.Trips;
import dev.concord.ledger.RunBoard;
import dev.concord.ledger.RunCounts;
import dev.concord.ledger.RunListener;
import dev.concord.run.Home;
import dev.concord.run.Reconciliations;
import dev.concord.run.Timetable;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** Makes what watches, and shows it to Prometheus. */
@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    RunBoard runBoard(JdbcTemplate jdbc) {
        return new RunBoard(jdbc);
    }

    @Bean(destroyMethod = "close")
    RunMeters runMeters(
            RunBoard board,
            JdbcTemplate jdbc,
            Trips trips,
            Reconciliations reconciliations,
            ObjectProvider<Timetable> timetable,
            Clock clock,
            @Value("${concord.telemetry.freshness}") Duration freshness) {
        Figures figures = new Figures();
        return new RunMeters(
                new RunWatch(board, run -> new RunCounts(jdbc, run), figures),
                new TripWatch(trips, figures),
                figures,
                () -> reconciliations.definitions().mappings().keySet(),
                timetable.getIfAvailable(),
                clock,
                freshness);
    }

    /** Counting begins before the server takes its first request. */
    @Bean
    SmartInitializingSingleton shownMeters(RunMeters meters, PrometheusRegistry registry) {
        return () -> {
            meters.collect();
            registry.register(meters);
        };
    }

    /** Before whatever takes its time when a run has ended. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RunListener runLog() {
        return new RunLog();
    }

    @Bean
    HealthIndicator runsHealthIndicator(RunBoard board) {
        return new RunsHealth(board);
    }

    /** In place of Spring Boot's, which looks at the folder that the server was started in. */
    @Bean
    HealthIndicator diskSpaceHealthIndicator(
            Home home, @Value("${management.health.diskspace.threshold:10MB}") DataSize least) {
        return new DataSpace(home.data(), least);
    }

    @Bean
    HealthIndicator schedulesHealthIndicator(ObjectProvider<Timetable> timetable) {
        Timetable schedules = timetable.getIfAvailable();
        return schedules == null
                ? () -> Health.unknown().withDetail("schedules", 0).build()
                : new ScheduleHealth(schedules);
    }
}
