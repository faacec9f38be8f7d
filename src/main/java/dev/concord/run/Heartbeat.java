package dev.concord.run;

import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Leases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Renews a lease while a run works, on a thread and a connection of its own. A lease that is lost ends the run at its
 * next commit.
 */
final class Heartbeat implements AutoCloseable {

    /** How long a lease outlives its last heartbeat. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Leases leases;
    private final Lease lease;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());

    Heartbeat(Leases leases, Lease lease) {
        this.leases = leases;
        this.lease = lease;
        timer.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            leases.renew(lease, LEASE);
        } catch (LeaseLost lost) {
            timer.shutdown();
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn("The heartbeat of run {} did not reach the database; it is tried again.", lease.runId());
        }
    }

    /** Stops beating and gives the lease back. */
    @Override
    public void close() {
        timer.shutdownNow();
        leases.release(lease);
    }
}
