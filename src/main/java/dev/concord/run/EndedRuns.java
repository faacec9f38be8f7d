package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.recon.Engine;

/** Closes runs whose process died, and forgets runs that have ended. Safe for use by several threads. */
public final class EndedRuns {

    private final Home home;
    private final Engine engine;
    private final RunExecution execution;
    private final RunsAtWork atWork;
    private final AuditTrail trail;

    EndedRuns(Home home, Engine engine, RunExecution execution, RunsAtWork atWork, AuditTrail trail) {
        this.home = home;
        this.engine = engine;
        this.execution = execution;
        this.atWork = atWork;
        this.trail = trail;
    }

    /**
     * Closes a run whose process died, as failed, without continuing it.
     *
     * @throws RunRefused when the run has ended
     * @throws dev.concord.ledger.LeaseHeld when a process works on it, or may still
     */
    public Run recover(Run run, Actor actor) {
        if (run.state() != RunState.ACTIVE) {
            throw new RunRefused("Run " + run.id() + " has ended; there is nothing to recover.");
        }
        Lease lease = atWork.acquire(run.linkType(), run.id());
        try {
            Run unclosed = engine.runs().find(run.id()).orElseThrow();
            if (unclosed.state() != RunState.ACTIVE) {
                // Its process came to the end while we waited for the lease.
                return unclosed;
            }
            Definitions frozen = DefinitionLoader.load(Sources.of(engine.runs().closure(run.id())));
            execution.liftInterrupted(Reconciliations.mapping(frozen, run.mapping()), run);
            execution.closeAsDead(
                    run, "The process that ran it is gone. A restart goes on from where the run was.", () -> {
                        trail.add(actor, Deed.of(AuditEvent.RUN_RECOVERED, run.id(), run.mapping()));
                        engine.leases().release(lease);
                    });
        } finally {
            engine.leases().release(lease);
        }
        return engine.runs().find(run.id()).orElseThrow();
    }

    /**
     * Forgets a run that has ended: its row and all that its ledger tells. What it did stays done.
     *
     * @throws RunRefused when the run has not ended, or has begun writes elsewhere that only it, or another run of the
     *     mapping, can settle
     */
    public void forget(Run run, Actor actor) {
        Mapping mapping = Reconciliations.mapping(
                DefinitionLoader.load(Sources.of(engine.runs().closure(run.id()))), run.mapping());
        engine.transaction().executeWithoutResult(status -> {
            if (engine.runs().lock(run.id()) == RunState.ACTIVE) {
                throw new RunRefused("Run " + run.id()
                        + " has not ended. Cancel it first; if its process is gone, recover" + " it first.");
            }
            if (engine.runs().hasIntents(run.id())) {
                throw new RunRefused("Run " + run.id() + " ended while it wrote to " + mapping.target()
                        + ". Restart it, or run " + mapping.name() + " again, so that this is settled; then it can be"
                        + " forgotten.");
            }
            engine.runs().forget(run.id());
            execution.forget(mapping, run);
            trail.add(actor, Deed.of(AuditEvent.RUN_FORGOTTEN, run.id(), run.mapping()));
        });
        SnapshotFolder.remove(home.snapshots(run.id()));
        SnapshotFolder.remove(home.planKey(run.id()));
    }

    /** Runs that were never closed and whose lease is ours now: their process is gone. */
    void closeAbandoned(Lease lease) {
        for (Run run : engine.runs().active(lease.linkType())) {
            execution.closeAsDead(
                    run, "The process that ran it is gone; run " + lease.runId() + " began anew.", () -> {});
        }
    }
}
