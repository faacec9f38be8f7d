package dev.concord;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.audit.AuditListener;
import dev.concord.audit.AuditTrail;
import dev.concord.guard.Trips;
import dev.concord.ledger.Leases;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.RunTallies;
import dev.concord.ledger.RunWitness;
import dev.concord.ledger.Runs;
import dev.concord.link.LinkTable;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.InstallationProperties;
import dev.concord.mapping.Sources;
import dev.concord.recon.DefinitionMask;
import dev.concord.recon.Engine;
import dev.concord.recon.Patience;
import dev.concord.run.Home;
import dev.concord.run.RunConfiguration;
import dev.concord.run.RunIds;
import dev.concord.run.SpringBatchTables;
import dev.concord.script.GraalScripts;
import dev.concord.script.ScriptLimits;
import dev.concord.script.Scripts;
import dev.concord.secret.PrivateFolder;
import dev.concord.system.ObjectSets;
import dev.concord.system.configured.ConfiguredObjectSets;
import dev.concord.system.file.FileObjectSets;
import dev.concord.system.jdbc.CallLimits;
import dev.concord.system.jdbc.OneWriterDriver;
import dev.concord.telemetry.webhook.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the parts of the house together. */
@Configuration(proxyBeanMethods = false)
@Import(RunConfiguration.class)
class HouseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(HouseConfiguration.class);

    /**
     * Connections to each database elsewhere, at the most: one for each thread of a run. They are opened when they are
     * needed.
     */
    private static final int CONNECTIONS = 64;

    @Bean
    Home home(@Value("${concord.home:.}") Path folder) {
        return new Home(folder.toAbsolutePath().normalize());
    }

    /** Before the pool opens its first connection; what the database's URL says itself goes before. */
    @Bean
    static BeanPostProcessor preparedPools(Environment settings) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    makeData(settings, String.valueOf(pool.getJdbcUrl()));
                    OneWriterDriver.drive(pool);
                    new CallLimits(
                                    settings.getRequiredProperty("concord.timeouts.connect", Duration.class),
                                    settings.getRequiredProperty("concord.timeouts.call", Duration.class))
                            .limit(pool);
                    CallLimits.endIdleSessions(
                            pool, settings.getRequiredProperty("concord.timeouts.idle", Duration.class));
                }
                return bean;
            }
        };
    }

    /** The embedded database would make its folder such that everybody can look into it, and earlier versions did. */
    private static void makeData(Environment settings, String url) {
        Home home = new Home(Path.of(settings.getProperty("concord.home", ".")));
        try {
            if (Files.exists(home.data()) && !PrivateFolder.close(home.data().toRealPath())) {
                LOG.warn(
                        "Others than its owner may look into {}, where values of records are, and that could not be"
                                + " changed: its owner has to do `chmod -R go= {}`.",
                        home.data(),
                        home.data());
            }
        } catch (IOException gone) {
            LOG.debug("{} went away meanwhile.", home.data());
        }
        if (url.startsWith("jdbc:h2:file:" + home.data())) {
            try {
                PrivateFolder.make(home.data());
            } catch (IOException unwritable) {
                // The database says so with its own words, and what to do.
            }
        }
    }

    /** Changing a big table takes as long as it takes. */
    @Bean
    FlywayConfigurationCustomizer patientMigrations() {
        return configuration -> {
            DataSource platform = configuration.getDataSource();
            if (platform != null) {
                configuration.dataSource(CallLimits.without(platform));
            }
        };
    }

    @Bean
    SpringBatchTables springBatchTables() {
        return new SpringBatchTables();
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    RunIds runIds() {
        return () -> UUID.randomUUID().toString();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Scripts scripts(Home home, @Value("${concord.scripts.plain}") boolean plain) {
        return new GraalScripts(ScriptLimits.DEFAULT, InstallationProperties.of(home.jobs())::get, false, plain);
    }

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    ObjectSets.Factory objectSets(Home home, DataSource platform) {
        FileObjectSets files = new FileObjectSets(home.jobs(), home.data(), platform);
        return new ConfiguredObjectSets.Parts(platform, home.jobs(), CONNECTIONS, files::open);
    }

    @Bean
    Outbox outbox(Home home, JdbcTemplate jdbc, Clock clock) {
        return new Outbox(home.jobs(), jdbc, clock);
    }

    @Bean
    Runs runs(JdbcTemplate jdbc, ObjectProvider<RunWitness> witnesses) {
        return new Runs(jdbc, witnesses.orderedStream().reduce(RunWitness.NONE, RunWitness::and));
    }

    @Bean
    LedgerReader ledgerReader(Home home, JdbcTemplate jdbc) {
        return new LedgerReader(jdbc, new DefinitionMask(() -> DefinitionLoader.load(Sources.of(home.jobs()))));
    }

    @Bean
    RunTallies runTallies(JdbcTemplate jdbc) {
        return new RunTallies(jdbc);
    }

    @Bean
    Leases leases(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new Leases(jdbc, freshTransaction(transactions));
    }

    @Bean
    @ConditionalOnMissingBean
    Engine engine(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            JobRepository repository,
            Runs runs,
            Leases leases,
            LedgerReader reader,
            Scripts scripts,
            ObjectSets.Factory objectSets,
            @Value("${concord.retries.attempts}") int attempts,
            @Value("${concord.retries.within}") Duration within) {
        return new Engine(
                jdbc,
                freshTransaction(transactions),
                repository,
                runs,
                leases,
                reader,
                scripts,
                objectSets,
                new Patience(attempts, within, Patience.USUAL.longestPause()));
    }

    @Bean
    LinkTable linkTable(JdbcTemplate jdbc) {
        return new LinkTable(jdbc);
    }

    @Bean
    AuditTrail auditTrail(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            ObjectProvider<AuditListener> listeners) {
        return new AuditTrail(
                jdbc, transactions, clock, listeners.orderedStream().reduce(AuditListener.NONE, AuditListener::and));
    }

    @Bean
    Trips trips(JdbcTemplate jdbc) {
        return new Trips(jdbc);
    }

    private static TransactionTemplate freshTransaction(PlatformTransactionManager transactions) {
        TransactionTemplate fresh = new TransactionTemplate(transactions);
        fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return fresh;
    }
}
