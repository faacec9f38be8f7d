package dev.concord.run;

import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Leases;
import dev.concord.ledger.TargetCalls;
import dev.concord.recon.LeaseWatch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Renews a lease while a run works, on a thread and a connection of its own, and looks whether somebody wants the run
 * to stop. A lease that is lost ends the run at its next commit.
 */
final class Heartbeat implements LeaseWatch, AutoCloseable {

    /** How long a lease outlives its last heartbeat. */
    static final Duration LEASE = Leases.TERM;

    private static final Duration BEAT = Duration.ofSeconds(2);

    /** What must be left of a lease where the database was asked; beats leave far more. */
    private static final Duration MARGIN = LEASE.dividedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final HeartbeatConnection connection;
    private final Lease lease;
    private final Set<Heartbeat> beating;
    private volatile @Nullable TargetCalls calls;
    private @Nullable Runnable stop;
    private boolean stopAsked;
    private boolean unreached;
    private volatile boolean lost;
    private volatile Moment renewed = Moment.now();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());

    /** @param beating all that beat in this process; this one is among them until it is closed */
    Heartbeat(HeartbeatConnection connection, Lease lease, Set<Heartbeat> beating) {
        this.connection = connection;
        this.lease = lease;
        this.beating = beating;
        beating.add(this);
        timer.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    String runId() {
        return lease.runId();
    }

    private void beat() {
        try (MDC.MDCCloseable _ = MDC.putCloseable("run", lease.runId())) {
            renew();
            keepCalls();
            if (connection.runs().isAskedToStop(lease.runId())) {
                askToStop();
            }
            if (unreached) {
                unreached = false;
                LOG.info("The heartbeat of run {} reaches the database again.", lease.runId());
            }
        } catch (LeaseLost gone) {
            timer.shutdown();
        } catch (DataAccessException | TransactionException trouble) {
            if (!unreached) {
                unreached = true;
                LOG.warn("The heartbeat of run {} did not reach the database; it is tried again.", lease.runId());
            }
        }
    }

    /** Whose calls of the target it keeps with the run, each time that it beats. */
    void keeps(TargetCalls ofRun) {
        calls = ofRun;
    }

    private void keepCalls() {
        TargetCalls known = calls;
        if (known != null) {
            connection.keep(known, lease.runId());
        }
    }

    /** Keeps what is left when the run's work is done; what cannot be kept is only missing in meters. */
    void keepLastCalls() {
        try {
            if (isHeld()) {
                keepCalls();
            }
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn("The last calls of the target of run {} are not counted.", lease.runId());
        }
    }

    private void renew() {
        Moment now = Moment.now();
        try {
            connection.leases().renew(lease, LEASE);
            renewed = now;
        } catch (LeaseLost gone) {
            lost = true;
            throw gone;
        }
    }

    /**
     * Costs nothing as long as the heart beats; when it did not for so long that the lease may have run out, because
     * this process was paused or the database did not answer, the database is asked.
     */
    @Override
    public boolean isHeld() {
        return isBeating() || !lost && isRenewed();
    }

    /** Whether the lease was renewed so lately that it cannot have run out; without asking the database. */
    boolean isBeating() {
        return !lost && renewed.ago().compareTo(LEASE.minus(BEAT)) <= 0;
    }

    /** No clock of this machine tells for certain how long the machine itself was paused. */
    @Override
    public boolean isHeldAsked() {
        return !lost && (connection.leases().lasts(lease, MARGIN) || isRenewed());
    }

    private boolean isRenewed() {
        try {
            renew();
            return true;
        } catch (LeaseLost gone) {
            return false;
        }
    }

    boolean isOf(String runId) {
        return lease.runId().equals(runId);
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

    /** Stops beating, and gives the lease back unless the end of the run did. */
    @Override
    public void close() {
        endBeating();
        beating.remove(this);
        if (renewed.ago().compareTo(LEASE) > 0) {
            // It has run out by itself; a database that has been silent for so long need not be waited for once more.
            return;
        }
        try {
            connection.leases().release(lease);
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn(
                    "The lease of run {} could not be given back; it runs out by itself within {} seconds.",
                    lease.runId(),
                    LEASE.toSeconds());
        }
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
