package dev.concord.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Runs;
import dev.concord.ledger.TargetCalls;
import dev.concord.system.jdbc.CallLimits;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way of heartbeats to the platform database: connections of their own, which no page can use up, and which give up
 * long before a lease has run out. Safe for use by several threads.
 */
public final class HeartbeatConnection implements AutoCloseable {

    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(5));

    /** One for the beat, the others for who asks in between: each partition does that writes elsewhere. */
    private static final int CONNECTIONS = 4;

    private final @Nullable HikariDataSource own;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Leases leases;
    private final Runs runs;

    private HeartbeatConnection(@Nullable HikariDataSource own, DataSource used) {
        this.own = own;
        this.jdbc = new JdbcTemplate(used);
        jdbc.setQueryTimeout((int) LIMITS.call().toSeconds());
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(used));
        this.leases = new Leases(jdbc, transaction);
        this.runs = new Runs(jdbc);
    }

    /** Beside the connections of a pool; another kind of data source is used itself. */
    public static HeartbeatConnection beside(DataSource platform) {
        try {
            if (!platform.isWrapperFor(HikariDataSource.class)) {
                return new HeartbeatConnection(null, platform);
            }
            HikariConfig configuration = new HikariConfig();
            platform.unwrap(HikariDataSource.class).copyStateTo(configuration);
            configuration.setPoolName(configuration.getPoolName() + "-heartbeat");
            configuration.setMaximumPoolSize(CONNECTIONS);
            configuration.setMinimumIdle(1);
            configuration.setInitializationFailTimeout(-1);
            LIMITS.tighten(configuration);
            HikariDataSource own = new HikariDataSource(configuration);
            return new HeartbeatConnection(own, own);
        } catch (SQLException e) {
            throw new IllegalStateException("The data source of the platform database cannot be looked into.", e);
        }
    }

    Leases leases() {
        return leases;
    }

    Runs runs() {
        return runs;
    }

    void keep(TargetCalls calls, String runId) {
        calls.keep(jdbc, transaction, runId);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
