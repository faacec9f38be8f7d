package dev.concord.run.schedule;

import dev.concord.audit.Actor;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Faults;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.RunRefused;
import dev.concord.run.RunRequest;
import dev.concord.run.RunsAtWork;
import dev.concord.run.UnusableDefinition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * Starts what has fired. The id of a run is that of its firing, so that several servers may try at once and one run
 * comes of it; a server that dies in between leaves a firing that the next one starts. Safe for use by several threads.
 */
final class WaitingRuns {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingRuns.class);

    private final Firings firings;
    private final Precedence precedence;
    private final Recovery recovery;
    private final Runs runs;
    private final RunsAtWork atWork;
    private final BackgroundRuns background;
    private final FiringListener listener;

    WaitingRuns(
            Firings firings,
            Precedence precedence,
            Recovery recovery,
            Runs runs,
            RunsAtWork atWork,
            BackgroundRuns background,
            FiringListener listener) {
        this.firings = firings;
        this.precedence = precedence;
        this.recovery = recovery;
        this.runs = runs;
        this.atWork = atWork;
        this.background = background;
        this.listener = listener;
    }

    /** Starts, or settles otherwise, all firings that need not wait any longer. */
    synchronized void startAll() {
        List<Firing> waiting = firings.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        // A new run would close one that died; that one goes on instead, if its schedule says so.
        recovery.recover();
        for (Firing firing : waiting) {
            if (runs.find(firing.runId()).isPresent()) {
                settleOfAnother(firing);
            } else if (hasPredecessor(firing, waiting)) {
                settle(firing.as(
                        Firing.State.SKIPPED,
                        "The firing before it still waits for mappings that " + firing.mapping() + " runs after."));
            } else if (!precedence.mustWait(firing, waiting)) {
                start(firing);
            }
        }
    }

    private static boolean hasPredecessor(Firing firing, List<Firing> waiting) {
        return waiting.stream()
                .anyMatch(other -> other.schedule().equals(firing.schedule())
                        && other.fireTime().isBefore(firing.fireTime()));
    }

    private void start(Firing firing) {
        try {
            background.start(RunRequest.full(firing.mapping()), firing.runId(), Actor.ofSchedule(firing.schedule()));
            settle(firing.as(Firing.State.STARTED, null));
        } catch (LeaseHeld held) {
            if (held.runId().equals(firing.runId())) {
                settleOfAnother(firing);
            } else {
                settle(firing.as(Firing.State.SKIPPED, held.getMessage()));
            }
        } catch (DuplicateKeyException started) {
            settleOfAnother(firing);
        } catch (UnusableDefinition unusable) {
            String faults = Faults.print(unusable.faults());
            settle(firing.as(Firing.State.FAILED, (unusable.getMessage() + "\n" + faults).strip()));
        } catch (RunRefused ending) {
            LOG.info("Schedule {} fired; another server starts its run, as this one ends.", firing.schedule());
        }
    }

    /** Another server has started the run, and says so. */
    private void settleOfAnother(Firing firing) {
        Firing started = firing.as(Firing.State.STARTED, null);
        if (firings.settle(started)) {
            listener.settled(started);
        }
    }

    private void settle(Firing firing) {
        if (!firings.settle(firing)) {
            return;
        }
        switch (firing.state()) {
            case WAITING -> throw new IllegalArgumentException("A firing cannot be settled as waiting.");
            case STARTED ->
                LOG.info("Schedule {} has started run {} of {}.", firing.schedule(), firing.runId(), firing.mapping());
            case SKIPPED ->
                LOG.warn(
                        "Schedule {} skips its firing of {}: {}",
                        firing.schedule(),
                        firing.fireTime(),
                        firing.reason());
            case FAILED ->
                LOG.error("Schedule {} could not start {}: {}", firing.schedule(), firing.mapping(), firing.reason());
        }
        listener.settled(firing);
    }

    /** Whether the run of one of these firings is at work. */
    boolean isAtWork(List<Firing> of) {
        return of.stream()
                .filter(firing -> firing.state() == Firing.State.STARTED)
                .anyMatch(firing -> runs.find(firing.runId())
                        .filter(WaitingRuns::isActive)
                        .filter(atWork::isWorkedOn)
                        .isPresent());
    }

    private static boolean isActive(Run run) {
        return run.state() == RunState.ACTIVE;
    }
}
