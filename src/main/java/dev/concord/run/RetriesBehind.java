package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Lets a server visit again what failed in its runs, behind everybody's back. What waits when the server ends is not
 * tried any more. Safe for use by several threads.
 */
public final class RetriesBehind implements RunListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetriesBehind.class);

    private final Supplier<Retries> retries;
    private final Supplier<BackgroundRuns> background;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("retries").factory());

    /** The suppliers are asked once there is something to do. */
    public RetriesBehind(Supplier<Retries> retries, Supplier<BackgroundRuns> background) {
        this.retries = retries;
        this.background = background;
    }

    @Override
    public void ended(Run run) {
        // The run still has its lease, and whoever tells of its end must not wait.
        soon(() -> plan(retries.get().after(run)), 0);
    }

    private void plan(Optional<Retries.Attempt> next) {
        next.ifPresent(attempt -> {
            LOG.info(
                    "What failed in run {} is visited again in {} s, attempt {} of {}.",
                    attempt.after().id(),
                    attempt.pause().toSeconds(),
                    attempt.number(),
                    attempt.most());
            soon(() -> begin(attempt), attempt.pause().toMillis());
        });
    }

    private void begin(Retries.Attempt attempt) {
        try {
            retries.get().begin(attempt, Actor.ofServer()).ifPresent(background.get()::goOn);
        } catch (LeaseHeld held) {
            plan(retries.get().behind(attempt));
        }
    }

    private void soon(Runnable work, long milliseconds) {
        try {
            clock.schedule(() -> contained(work), milliseconds, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The server ends; nothing is tried again.");
        }
    }

    private static void contained(Runnable work) {
        try {
            work.run();
        } catch (RunRefused | UnusableDefinition refused) {
            LOG.warn("What failed is not visited again: {}", refused.getMessage());
        } catch (DataAccessException trouble) {
            LOG.warn("What failed is not visited again: {}", RunEnding.platformFailed(trouble));
        } catch (RuntimeException e) {
            LOG.error("What failed is not visited again, by an error of the program.", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
