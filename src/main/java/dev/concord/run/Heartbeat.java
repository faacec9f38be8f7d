package dev.concord.run;

import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Runs;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Renews a lease while a run works, on a thread and a connection of its own, and looks whether somebody wants the run
 * to stop. A lease that is lost ends the run at its next commit.
 */
final class Heartbeat implements AutoCloseable {

    /** How long a lease outlives its last heartbeat. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Leases leases;
    private final Runs runs;
    private final Lease lease;
    private final Set<Heartbeat> beating;
    private @Nullable Runnable stop;
    private boolean stopAsked;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());

    /** @param beating all that beat in this process; this one is among them until it is closed */
    Heartbeat(Leases leases, Runs runs, Lease lease, Set<Heartbeat> beating) {
        this.leases = leases;
        this.runs = runs;
        this.lease = lease;
        this.beating = beating;
        beating.add(this);
        timer.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            leases.renew(lease, LEASE);
            if (runs.isAskedToStop(lease.runId())) {
                askToStop();
            }
        } catch (LeaseLost lost) {
            timer.shutdown();
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn("The heartbeat of run {} did not reach the database; it is tried again.", lease.runId());
        }
    }

    /** What makes the run stop; done at once when it was asked to before. */
    synchronized void stopBy(Runnable how) {
        stop = how;
        if (stopAsked) {
            how.run();
        }
    }

    /** Asks the run to stop. */
    synchronized void askToStop() {
        stopAsked = true;
        if (stop != null) {
            stop.run();
        }
    }

    /** Stops beating and gives the lease back. */
    @Override
    public void close() {
        endBeating();
        beating.remove(this);
        leases.release(lease);
    }

    /** Without an interrupt: one that meets the embedded database at its file closes the file for the whole process. */
    private void endBeating() {
        timer.shutdown();
        try {
            timer.awaitTermination(LEASE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
