package dev.concord.run.schedule;

import dev.concord.audit.Actor;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.run.RunsAtWork;
import dev.concord.run.UnusableDefinition;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with runs of recoverable schedules whose process died, or was told to end, from where their ledgers say they
 * were. Any server that finds the files there that a run has copied may; the lease has one of them do it. Safe for use
 * by several threads.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** A run that has ended so many processes is not tried again. */
    private static final int ATTEMPTS = 10;

    private final Firings firings;
    private final Runs runs;
    private final RunsAtWork atWork;
    private final BackgroundRuns background;
    private final Reconciliations reconciliations;
    private final Set<String> left = new HashSet<>();

    Recovery(
            Firings firings, Runs runs, RunsAtWork atWork, BackgroundRuns background, Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
        this.firings = firings;
        this.runs = runs;
        this.atWork = atWork;
        this.background = background;
    }

    /** Goes on with all runs that nobody works on any more. */
    synchronized void recover() {
        for (Firings.Unfinished unfinished : firings.unfinished()) {
            runs.find(unfinished.runId()).ifPresent(run -> recover(run, unfinished));
        }
    }

    private void recover(Run before, Firings.Unfinished unfinished) {
        if (atWork.isWorkedOn(before)) {
            return;
        }
        // Who ends a run closes it first and gives the lease back then: what is still open now was left behind.
        Run run = runs.find(before.id()).orElse(before);
        if (run.state() == RunState.CANCELED && isOverridden(run)) {
            firings.interrupted(run.id(), false);
            return;
        }
        if (run.state() != RunState.ACTIVE && run.state() != RunState.CANCELED) {
            return;
        }
        if (!reconciliations.hasCopiesOf(run)) {
            leave(run);
            return;
        }
        if (unfinished.recoveries() >= ATTEMPTS) {
            tellOnce(run, unfinished);
            return;
        }
        if (firings.countRecovery(unfinished)) {
            goOn(run, Actor.ofSchedule(unfinished.schedule()));
        }
    }

    /** Leaves a run to the server that has the copies of files it began with; says so once. */
    private void leave(Run run) {
        if (left.add(run.id())) {
            LOG.warn(
                    "Run {} of {} was left behind. The files that it reads were copied where it was started, and only"
                            + " there it can go on.",
                    run.id(),
                    run.mapping());
        }
    }

    /** Whether somebody has run the mapping since. */
    private boolean isOverridden(Run run) {
        return runs.newest(run.mapping(), 1).stream().anyMatch(newest -> newest.number() > run.number());
    }

    private void goOn(Run run, Actor actor) {
        try {
            background.restart(run.id(), actor);
            firings.interrupted(run.id(), false);
            LOG.info("Run {} of {} was left behind and goes on here.", run.id(), run.mapping());
        } catch (LeaseHeld held) {
            LOG.info("Run {} of {} was left behind; {}", run.id(), run.mapping(), held.getMessage());
        } catch (RunRefused | UnusableDefinition refused) {
            LOG.warn(
                    "Run {} of {} was left behind and cannot go on: {}", run.id(), run.mapping(), refused.getMessage());
        }
    }

    private void tellOnce(Run run, Firings.Unfinished unfinished) {
        if (unfinished.recoveries() == ATTEMPTS && firings.countRecovery(unfinished)) {
            LOG.error(
                    "Run {} of {} was left behind {} times and is not tried again. Restart or recover it by hand.",
                    run.id(),
                    run.mapping(),
                    ATTEMPTS);
        }
    }

    /** Notes that the runs of this process are stopped by its end, except those that somebody has asked to stop. */
    void processEnds() {
        for (String id : atWork.atWork()) {
            if (!runs.isAskedToStop(id)) {
                firings.interrupted(id, true);
            }
        }
    }
}
