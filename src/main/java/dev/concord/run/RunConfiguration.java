package dev.concord.run;

import dev.concord.audit.AuditTrail;
import dev.concord.guard.Trips;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.OldRuns;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.recon.Engine;
import dev.concord.system.ObjectSets;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what the life of a run takes. */
@Configuration(proxyBeanMethods = false)
public class RunConfiguration {

    @Bean
    MappingFiles mappingFiles(Home home, Reconciliations reconciliations, RunsAtWork atWork, AuditTrail trail) {
        return new MappingFiles(home, reconciliations, atWork, trail);
    }

    @Bean
    Reconciliations reconciliations(
            Home home,
            Engine engine,
            RunExecution execution,
            Clock clock,
            RunIds runIds,
            RunsAtWork atWork,
            EndedRuns ended,
            ObjectProvider<RunListener> listeners,
            InstallationThresholds thresholds,
            AuditTrail trail) {
        return new Reconciliations(
                home,
                engine,
                execution,
                clock,
                runIds,
                atWork,
                ended,
                listeners.orderedStream().reduce(RunListener.NONE, RunListener::and),
                thresholds,
                trail);
    }

    @Bean
    RunExecution runExecution(Home home, Engine engine, JobOperator operator, Clock clock) {
        return new RunExecution(home, engine, operator, clock);
    }

    @Bean
    RunsAtWork runsAtWork(Engine engine, HeartbeatConnection connection, AuditTrail trail) {
        return new RunsAtWork(engine, connection, trail);
    }

    @Bean
    EndedRuns endedRuns(Home home, Engine engine, RunExecution execution, RunsAtWork atWork, AuditTrail trail) {
        return new EndedRuns(home, engine, execution, atWork, trail);
    }

    @Bean
    Explanations explanations(Reconciliations reconciliations, Engine engine) {
        return new Explanations(reconciliations, engine);
    }

    @Bean
    InstallationThresholds installationThresholds(Environment settings) {
        return InstallationThresholds.of(settings);
    }

    @Bean
    Approvals approvals(
            Home home,
            Reconciliations reconciliations,
            Engine engine,
            Trips trips,
            Clock clock,
            AuditTrail trail,
            InstallationThresholds thresholds,
            @Value("${concord.approvals.four-eyes}") boolean fourEyes) {
        return new Approvals(home, reconciliations, engine, trips, clock, trail, thresholds, fourEyes);
    }

    @Bean
    Undoing undoing(
            Reconciliations reconciliations, BackgroundRuns background, Runs runs, LedgerReader reader, RunIds runIds) {
        return new Undoing(reconciliations, background, runs, reader, runIds);
    }

    @Bean
    Retention retention(
            Home home,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            JobRepository repository,
            Environment settings,
            AuditTrail trail,
            Clock clock) {
        return new Retention(
                home,
                new OldRuns(jdbc, freshTransaction(transactions)),
                repository,
                Binder.get(settings)
                        .bind("concord.retention", RetentionSettings.class)
                        .get(),
                trail,
                clock);
    }

    @Bean(destroyMethod = "close")
    BackgroundRuns backgroundRuns(
            Reconciliations reconciliations,
            RunsAtWork atWork,
            Approvals approvals,
            @Value("${concord.shutdown.patience}") Duration patience) {
        return new BackgroundRuns(reconciliations, atWork, approvals, patience);
    }

    @Bean
    Plans plans(Reconciliations reconciliations, BackgroundRuns background, Runs runs, RunIds runIds) {
        return new Plans(reconciliations, background, runs, runIds);
    }

    @Bean
    Retries retries(Plans plans, Runs runs, LedgerReader reader, RunIds runIds) {
        return new Retries(plans, runs, reader, runIds);
    }

    @Bean
    WaitingRetries waitingRetries(JdbcTemplate jdbc) {
        return new WaitingRetries(jdbc);
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    HeartbeatConnection heartbeatConnection(DataSource platform) {
        return HeartbeatConnection.beside(platform);
    }

    @Bean(destroyMethod = "close")
    OpenObjectSets openObjectSets(Home home, ObjectSets.Factory objectSets) {
        return new OpenObjectSets(home, objectSets);
    }

    private static TransactionTemplate freshTransaction(PlatformTransactionManager transactions) {
        TransactionTemplate fresh = new TransactionTemplate(transactions);
        fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return fresh;
    }
}
