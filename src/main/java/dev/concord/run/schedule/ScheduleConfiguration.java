package dev.concord.run.schedule;

import dev.concord.audit.AuditTrail;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Runs;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.Home;
import dev.concord.run.Reconciliations;
import dev.concord.run.RepeatedWork;
import dev.concord.run.Retention;
import dev.concord.run.Retries;
import dev.concord.run.RetriesBehind;
import dev.concord.run.RunIds;
import dev.concord.run.RunsAtWork;
import dev.concord.run.Timetable;
import dev.concord.run.WaitingRetries;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the schedules of a server together. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    /** Told of the ends of runs, which it may have to begin others after. */
    @Bean
    RetriesBehind retriesBehind(
            ObjectProvider<Retries> retries,
            ObjectProvider<BackgroundRuns> background,
            WaitingRetries waiting,
            RunIds ids,
            Clock clock,
            @Value("${concord.schedules.look}") Duration look) {
        return new RetriesBehind(retries::getObject, background::getObject, waiting, ids, clock, look);
    }

    @Bean
    Firings firings(JdbcTemplate jdbc) {
        return new Firings(jdbc);
    }

    @Bean
    QuartzJobs quartzJobs(Scheduler scheduler, PlatformTransactionManager transactions) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return new QuartzJobs(scheduler, transaction);
    }

    @Bean
    Recovery recovery(
            Firings firings, Runs runs, RunsAtWork atWork, BackgroundRuns background, Reconciliations reconciliations) {
        return new Recovery(firings, runs, atWork, background, reconciliations);
    }

    @Bean
    WaitingRuns waitingRuns(
            JdbcTemplate jdbc,
            Firings firings,
            Recovery recovery,
            Runs runs,
            Leases leases,
            Reconciliations reconciliations,
            RunsAtWork atWork,
            BackgroundRuns background,
            ObjectProvider<FiringListener> listeners) {
        return new WaitingRuns(
                firings,
                new Precedence(jdbc, runs, leases, reconciliations, atWork),
                recovery,
                runs,
                atWork,
                background,
                listeners.orderedStream().reduce(FiringListener.NONE, FiringListener::and));
    }

    @Bean
    Schedules schedules(
            Home home,
            JdbcTemplate jdbc,
            Reconciliations reconciliations,
            Firings firings,
            WaitingRuns waiting,
            QuartzJobs quartz,
            Clock clock,
            RunIds ids,
            PlatformTransactionManager transactions,
            AuditTrail trail) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        ScheduleStore store = new ScheduleStore(jdbc, transaction, trail);
        // One of this name that was made over REST is not what a file said before.
        Function<String, @Nullable String> earlier =
                name -> store.all().containsKey(name) ? null : quartz.document(name);
        return new Schedules(
                new ScheduleFolder(home.jobs(), reconciliations, earlier),
                store,
                firings,
                waiting,
                quartz,
                clock,
                ids,
                trail);
    }

    @Bean
    @ConditionalOnMissingBean
    Timetable timetable(Schedules schedules, QuartzJobs quartz, Scheduler scheduler) {
        return new QuartzTimetable(schedules, quartz, scheduler);
    }

    @Bean
    Rounds rounds(
            Schedules schedules,
            WaitingRuns waiting,
            Recovery recovery,
            Firings firings,
            Clock clock,
            @Value("${concord.schedules.look}") Duration look,
            @Value("${concord.schedules.recover}") Duration recover) {
        return new Rounds(schedules, waiting, recovery, firings, clock, look, recover);
    }

    /** Also of mappings that are not run any more. */
    @Bean
    RepeatedWork retentionRounds(Retention retention, @Value("${concord.retention.look}") Duration look) {
        return new RepeatedWork("retention", look, goesOn -> retention.pruneByRule(null, goesOn));
    }
}
