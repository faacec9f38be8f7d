package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of a server: whoever starts one gets it back as soon as it has its lease, and it goes on behind their back.
 * Closing asks all of them to stop at the end of their pages, so that they can be restarted, and waits for that. Safe
 * for use by several threads.
 */
public final class BackgroundRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRuns.class);

    private final Reconciliations reconciliations;
    private final RunsAtWork atWork;
    private final Approvals approvals;
    private final Duration patience;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("run-", 0).factory());

    /** @param patience how long to wait, when the server ends, for runs to come to the end of their pages */
    public BackgroundRuns(Reconciliations reconciliations, RunsAtWork atWork, Approvals approvals, Duration patience) {
        this.reconciliations = reconciliations;
        this.atWork = atWork;
        this.approvals = approvals;
        this.patience = patience;
    }

    /**
     * Begins a run; throws what {@link Reconciliations#start} throws before a run has begun.
     *
     * @return the run as it began
     */
    public Run start(RunRequest request, Actor actor) {
        return goOn(reconciliations.begin(request, actor));
    }

    /**
     * Likewise, with an id that was given beforehand: of all who start a run with it, in all processes, one succeeds.
     *
     * @throws org.springframework.dao.DuplicateKeyException when there is such a run already
     */
    public Run start(RunRequest request, String runId, Actor actor) {
        return goOn(reconciliations.begin(request, runId, actor));
    }

    /**
     * Goes on with a run; throws what {@link Reconciliations#restart} throws before it goes on.
     *
     * @return the run as it was
     */
    public Run restart(String id, Actor actor) {
        return goOn(reconciliations.reopen(id, actor));
    }

    /**
     * Says that a run that waits for approval may go on, and goes on with it; throws what {@link Approvals#approve}
     * throws before it goes on.
     *
     * @return the run as it goes on
     */
    public Run approve(String id, Actor actor, @Nullable String why) {
        return goOn(approvals.open(id, actor, why));
    }

    /** Goes on with a run that is open, behind the caller's back. */
    Run goOn(OpenRun open) {
        try {
            threads.execute(() -> work(open));
        } catch (RejectedExecutionException closed) {
            open.giveUp();
            throw new RunRefused("The server is shutting down; start the run again when it is back.");
        }
        return open.run();
    }

    private static void work(OpenRun open) {
        try {
            open.work(RunListener.NONE);
        } catch (LeaseLost lost) {
            LOG.warn(
                    "Run {} was taken over by somebody else while this process hung.",
                    open.run().id());
        } catch (RunCutOff cutOff) {
            LOG.error("{}", cutOff.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Run {} ended by an error of the program.", open.run().id(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        atWork.stopAll(Actor.ofServer());
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Runs are still at their pages after {} seconds and are left there; recover or restart them.",
                        patience.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
