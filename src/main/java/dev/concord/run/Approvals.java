package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.guard.Trip;
import dev.concord.guard.Trip.Decision;
import dev.concord.guard.Trip.Verdict;
import dev.concord.guard.Trips;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.mapping.Mapping;
import dev.concord.recon.Engine;
import dev.concord.recon.GuardTripped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say of runs that guards stopped: yes, and the run goes on with what was planned, or no, and it never
 * does. Who said what, and why, is kept with the run. Safe for use by several threads.
 */
public final class Approvals {

    private final Home home;
    private final Reconciliations reconciliations;
    private final Engine engine;
    private final Trips trips;
    private final Clock clock;
    private final AuditTrail trail;
    private final InstallationThresholds thresholds;
    private final boolean fourEyes;

    /** @param fourEyes whether whoever has had a run started may not approve it */
    public Approvals(
            Home home,
            Reconciliations reconciliations,
            Engine engine,
            Trips trips,
            Clock clock,
            AuditTrail trail,
            InstallationThresholds thresholds,
            boolean fourEyes) {
        this.home = home;
        this.reconciliations = reconciliations;
        this.engine = engine;
        this.trips = trips;
        this.clock = clock;
        this.trail = trail;
        this.thresholds = thresholds;
        this.fourEyes = fourEyes;
    }

    /**
     * Approves all that a run waits for and goes on with it in the calling thread. What is approved is as many deletes
     * and unlinks, and as much shrinking of the source, as the guards told: should it turn out to be more, they stop
     * the run again. Updates, creates and failures are no longer watched in this run.
     *
     * @param actor who says so
     * @param why null when nobody gave a reason
     * @return the run as it ended, or as it waits again
     * @throws RunRefused when there is no such run, or it does not wait for approval
     * @throws SomebodyElseNeeded when this one had the run started, and installations want four eyes
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run approve(String id, Actor actor, @Nullable String why, RunListener listener) {
        return open(id, actor, why).work(listener);
    }

    /**
     * What somebody approves in advance who has a run started like this: guards that let more through than usual.
     *
     * @throws SomebodyElseNeeded when something is, and installations want four eyes
     */
    public List<String> inAdvance(RunRequest request) {
        Mapping mapping = reconciliations.definitions().mappings().get(request.mapping());
        List<String> widened = mapping == null ? List.of() : thresholds.widened(request, mapping);
        if (fourEyes && !widened.isEmpty()) {
            throw new SomebodyElseNeeded("This asks for " + String.join(", ", widened) + ", which approves in advance"
                    + " what guards would stop, and it takes somebody else to approve it"
                    + " (concord.approvals.four-eyes). Leave it out, and let somebody approve what the guards stop.");
        }
        return widened;
    }

    OpenRun open(String id, Actor actor, @Nullable String why) {
        Run waiting = found(id);
        checkWaits(waiting);
        checkIsSomebodyElse(waiting, actor);
        return reconciliations.reopen(
                id,
                actor,
                run -> {
                    checkWaits(run);
                    trips.decide(run.id(), decision(Verdict.APPROVED, actor, why));
                    engine.runs().tellOfApproval(run);
                },
                run -> deed(AuditEvent.RUN_APPROVED, run, why));
    }

    private void checkIsSomebodyElse(Run run, Actor actor) {
        if (fourEyes && trail.startersOf(run.id()).stream().anyMatch(actor::isSamePersonAs)) {
            throw new SomebodyElseNeeded("Run " + run.id() + " was started or continued by " + actor.name()
                    + ", and it takes somebody else to approve it (concord.approvals.four-eyes).");
        }
    }

    private static Deed deed(AuditEvent event, Run run, @Nullable String why) {
        return Deed.of(event, run.id(), run.mapping()).because(why);
    }

    /**
     * Says no to what a run waits for. The run never goes on, and what it has planned is dropped; what it has done
     * stays done.
     *
     * @throws RunRefused when there is no such run, or it does not wait for approval
     */
    public Run deny(String id, Actor actor, @Nullable String why) {
        String runId = found(id).id();
        engine.transaction().executeWithoutResult(status -> {
            engine.runs().lock(runId);
            Run run = found(runId);
            checkWaits(run);
            engine.runs()
                    .finals()
                    .deny(
                            runId,
                            GuardTripped.withoutHint(String.valueOf(run.message())) + " Denied by " + actor.name()
                                    + (why == null ? "" : ": " + why)
                                    + (why != null && why.endsWith(".") ? "" : ".")
                                    + " What was planned was dropped.");
            trips.decide(runId, decision(Verdict.DENIED, actor, why));
            trail.add(actor, deed(AuditEvent.RUN_DENIED, run, why));
        });
        SnapshotFolder.remove(home.snapshots(runId));
        return found(runId);
    }

    /** The times that guards stopped a run, the oldest first, with what was decided. */
    public List<Trip> of(Run run) {
        return trips.of(run.id());
    }

    /** The runs that wait for somebody to decide, the oldest first. */
    public List<Trips.Waiting> waiting() {
        return trips.waiting();
    }

    private Decision decision(Verdict verdict, Actor actor, @Nullable String why) {
        return new Decision(verdict, actor.name(), why, clock.instant());
    }

    private Run found(String id) {
        return engine.runs().find(id).orElseThrow(() -> new RunRefused("There is no run " + id + "."));
    }

    private static void checkWaits(Run run) {
        if (run.condition() != RunCondition.WAITING_FOR_APPROVAL) {
            checkMayGoOn(run);
            throw new RunRefused("Run " + run.id() + " does not wait for approval: it is " + run.state()
                    + (run.condition() == null ? "" : " (" + run.condition() + ")") + ".");
        }
    }

    /** @throws RunRefused when a run is done, was given up for good, or is too old */
    static void checkMayGoOn(Run run) {
        if (run.state() == RunState.SUCCESS) {
            throw new RunRefused("Run " + run.id() + " is done; there is nothing to continue. Start a new one.");
        }
        if (run.condition() == RunCondition.DENIED) {
            throw new RunRefused("Run " + run.id() + " was denied and never goes on. Start a new one.");
        }
        if (run.condition() == RunCondition.TAKEN_BACK) {
            throw new RunRefused("Run " + run.id() + " was taken back and never goes on: it would leave out what it had"
                    + " done before. Start a new one. " + run.message());
        }
        if (run.condition() == RunCondition.SUPERSEDED) {
            throw new RunRefused("Run " + run.id()
                    + " was superseded by a newer full run on the same links and never goes on: what it"
                    + " read of its source is older than what the newer one wrote. Go on with that one, or start"
                    + " a new one. " + run.message());
        }
        if (run.entriesDropped() != null) {
            throw new RunRefused("Run " + run.id()
                    + " is too old to be continued: what it would go on from was dropped. Start a new one.");
        }
    }
}
