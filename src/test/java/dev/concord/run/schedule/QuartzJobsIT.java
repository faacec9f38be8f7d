package dev.concord.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Schedule;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SimpleTrigger;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Servers that read the same schedules at the same time. */
class QuartzJobsIT {

    private static final int ROUNDS = 12;
    private static final int SCHEDULES = 6;

    @ParameterizedTest
    @EnumSource(
            value = Databases.class,
            names = {"H2", "MARIADB"})
    void twoServersThatTellQuartzTheSameAtTheSameTimeDoNotGetIntoEachOthersWay(Databases kind) throws Exception {
        try (TestDatabase database = kind.fresh();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            database.execute(statements(kind));
            SchedulerFactoryBean one = scheduler(database, "one");
            SchedulerFactoryBean two = scheduler(database, "two");
            try {
                List<QuartzJobs> servers = List.of(jobs(one, database), jobs(two, database));
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> work = new ArrayList<>();
                for (QuartzJobs server : servers) {
                    work.add(threads.submit((Callable<Boolean>) () -> {
                        try {
                            for (int round = 0; round < ROUNDS; round++) {
                                together.await(1, TimeUnit.MINUTES);
                                assertThat(server.keepOnly(schedules(round), Instant.now()))
                                        .isEmpty();
                            }
                            return true;
                        } finally {
                            // Nobody waits for one who has given up.
                            together.reset();
                        }
                    }));
                }
                assertThat(work).allSatisfy(worker -> assertThat(worker).succeedsWithin(2, TimeUnit.MINUTES));
                for (Schedule schedule : schedules(ROUNDS - 1)) {
                    assertThat(servers.getFirst().trigger(schedule.name())).isNotNull();
                }
                assertThat(one.getObject().getJobGroupNames()).hasSize(1);
            } finally {
                one.destroy();
                two.destroy();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Databases.class,
            names = {"H2", "MARIADB"})
    void aScheduleThatBecomesOneOfTheOtherKindFiresAsThatAndOthersGoOn(Databases kind) throws Exception {
        try (TestDatabase database = kind.fresh()) {
            database.execute(statements(kind));
            SchedulerFactoryBean scheduler = scheduler(database, "one");
            try {
                QuartzJobs quartz = jobs(scheduler, database);
                Schedule other = schedule("other", 3);
                for (Schedule next :
                        List.of(schedule("night", 2), simple("night"), schedule("night", 4), simple("night"))) {
                    quartz.keepOnly(List.of(next, other), Instant.now());
                    assertThat(quartz.trigger("night"))
                            .isInstanceOf(next.equals(simple("night")) ? SimpleTrigger.class : CronTrigger.class);
                    assertThat(quartz.trigger("other")).isInstanceOf(CronTrigger.class);
                }
                quartz.keepOnly(List.of(other), Instant.now());
                assertThat(quartz.trigger("night")).isNull();
            } finally {
                scheduler.destroy();
            }
        }
    }

    private static Schedule simple(String name) {
        return Schedule.read(name, """
                        {"type": "simple", "repeatInterval": 3600000, "enabled": true, "invokeService": "sync",
                         "invokeContext": {"action": "reconcile", "mapping": "people"}}
                        """, Set.of("people")).schedule();
    }

    private static QuartzJobs jobs(SchedulerFactoryBean scheduler, TestDatabase database) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        Scheduler quartz = scheduler.getObject();
        return new QuartzJobs(quartz, transaction);
    }

    private static SchedulerFactoryBean scheduler(TestDatabase database, String server) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "concord");
        properties.setProperty("org.quartz.scheduler.instanceId", server);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        SchedulerFactoryBean factory = new SchedulerFactoryBean();
        factory.setDataSource(database.dataSource());
        factory.setTransactionManager(new JdbcTransactionManager(database.dataSource()));
        factory.setQuartzProperties(properties);
        // The repository of Quartz knows schedulers by their names, and both have the same one.
        factory.setSchedulerName("concord");
        factory.setExposeSchedulerInRepository(false);
        factory.setAutoStartup(false);
        factory.afterPropertiesSet();
        return factory;
    }

    private static String[] statements(Databases kind) throws Exception {
        String folder = kind == Databases.H2 ? "sql/h2" : "sql/mysql";
        String text = Files.readString(Path.of(folder, "V6__schedules.sql"));
        return List.of(text.replaceAll("(?m)^--.*$", "").split(";")).stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toArray(String[]::new);
    }

    /** New ones in each round, and one that changes in each. */
    private static List<Schedule> schedules(int round) {
        List<Schedule> schedules = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            schedules.add(schedule("nightly-" + round + "-" + i, 2));
        }
        schedules.add(schedule("changing", round));
        return schedules;
    }

    private static Schedule schedule(String name, int hour) {
        return Schedule.read(name, """
                        {"type": "cron", "schedule": "0 0 %d * * ?", "enabled": true, "invokeService": "sync",
                         "invokeContext": {"action": "reconcile", "mapping": "people"}}
                        """.formatted(hour % 24), Set.of("people")).schedule();
    }
}
