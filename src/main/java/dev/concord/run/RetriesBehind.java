package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunWitness;
import dev.concord.run.WaitingRetries.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * Lets servers visit again what failed in their runs, behind everybody's back. What is to come is written down in the
 * transaction that ends the run, and done by any server that is there when it is due, or as soon as one is. The id of
 * the attempt's run is given beforehand: of all servers that try, one begins it. Safe for use by several threads and
 * processes.
 */
public final class RetriesBehind implements RunWitness, RunListener, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RetriesBehind.class);

    private final Supplier<Retries> retries;
    private final Supplier<BackgroundRuns> background;
    private final WaitingRetries waiting;
    private final RunIds runIds;
    private final Clock clock;
    private final Duration look;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("retries").factory());
    private volatile boolean running;

    /**
     * The suppliers are asked once there is something to do.
     *
     * @param look how often attempts are looked for that other servers wrote down
     */
    public RetriesBehind(
            Supplier<Retries> retries,
            Supplier<BackgroundRuns> background,
            WaitingRetries waiting,
            RunIds runIds,
            Clock clock,
            Duration look) {
        this.retries = retries;
        this.background = background;
        this.waiting = waiting;
        this.runIds = runIds;
        this.clock = clock;
        this.look = look;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void opened(Run run, boolean again) {}

    @Override
    public void closed(Run run) {
        try {
            retries.get().after(run).ifPresent(attempt -> {
                waiting.add(new Waiting(
                        run.id(),
                        runIds.next(),
                        attempt.first().id(),
                        run.mapping(),
                        attempt.number(),
                        attempt.most(),
                        clock.instant().plus(attempt.pause())));
                tell(run.id(), attempt);
            });
        } catch (DataAccessException | TransactionException trouble) {
            throw trouble;
        } catch (RuntimeException e) {
            // The run did what it did, whatever becomes of its failures.
            LOG.error("What failed in run {} is not visited again, by an error of the program.", run.id(), e);
        }
    }

    private static void tell(String run, Retries.Attempt attempt) {
        LOG.info(
                "What failed in run {} is visited again in {} s, attempt {} of {}.",
                run,
                attempt.pause().toSeconds(),
                attempt.number(),
                attempt.most());
    }

    /** The run has given its lease back; an attempt behind it may be due sooner than the next look. */
    @Override
    public void ended(Run run) {
        if (running) {
            soon(() -> waiting.behind(run).ifPresent(this::lookWhenDue));
        }
    }

    private void lookWhenDue(Waiting next) {
        long pause = Math.max(0, Duration.between(clock.instant(), next.due()).toMillis());
        if (pause < look.toMillis() * 2) {
            after(pause, this::look);
        }
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(
                () -> contained(this::look), 0, Math.max(1, look.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Waiting next : waiting.due(clock.instant())) {
            if (running) {
                contained(() -> begin(next));
            }
        }
    }

    private void begin(Waiting next) {
        try {
            retries.get().begin(next, Actor.ofServer()).ifPresent(background.get()::goOn);
            waiting.settle(next);
        } catch (LeaseHeld held) {
            held(next, held.runId());
        } catch (DuplicateKeyException begun) {
            waiting.settle(next);
        } catch (RunRefused | UnusableDefinition refused) {
            if (waiting.settle(next)) {
                LOG.warn("What failed in run {} is not visited again: {}", next.afterRun(), refused.getMessage());
            }
        } catch (DataAccessException | TransactionException trouble) {
            throw trouble;
        } catch (RuntimeException e) {
            waiting.settle(next);
            LOG.error("What failed in run {} is not visited again, by an error of the program.", next.afterRun(), e);
        }
    }

    private void held(Waiting next, String by) {
        if (by.equals(next.runId())) {
            waiting.settle(next);
        } else if (!by.equals(next.afterRun())) {
            retries.get()
                    .behind(next)
                    .ifPresentOrElse(
                            attempt -> {
                                if (waiting.putOff(
                                        next, attempt.number(), clock.instant().plus(attempt.pause()))) {
                                    tell(next.afterRun(), attempt);
                                }
                            },
                            () -> waiting.settle(next));
        }
    }

    private void soon(Runnable work) {
        after(0, work);
    }

    private void after(long milliseconds, Runnable work) {
        try {
            timer.schedule(() -> contained(work), milliseconds, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The server ends; what waits is done by the next one.");
        }
    }

    /** A timer drops what throws. */
    private static void contained(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn(
                    "What failed could not be visited again; it is tried again. {}", RunEnding.platformFailed(trouble));
        } catch (RuntimeException e) {
            LOG.error("What failed could not be visited again, by an error of the program; it is tried again.", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ends before runs are asked to stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
