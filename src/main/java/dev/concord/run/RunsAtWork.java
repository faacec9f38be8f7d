package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.recon.Engine;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs that some process works on: who holds their leases, how they are asked to stop, and what may only be done while
 * none is there. Safe for use by several threads.
 */
public final class RunsAtWork {

    private static final Logger LOG = LoggerFactory.getLogger(RunsAtWork.class);

    private final Engine engine;
    private final HeartbeatConnection connection;
    private final AuditTrail trail;
    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet();

    public RunsAtWork(Engine engine, HeartbeatConnection connection, AuditTrail trail) {
        this.engine = engine;
        this.connection = connection;
        this.trail = trail;
    }

    /**
     * Asks a run to stop, whichever process works on it: each of its partitions ends after the page it is at. Returns
     * at once; the run is CANCELED a few seconds later, and can be continued.
     *
     * @throws RunRefused when the run has ended, or its process is gone
     */
    public void stop(Run run, Actor actor) {
        if (run.state() == RunState.ACTIVE && !isWorkedOn(run)) {
            throw new RunRefused("Nobody works on run " + run.id() + " any more: its process is gone."
                    + " Restart it to go on, or recover it to close it.");
        }
        engine.transaction().executeWithoutResult(status -> {
            if (!engine.runs().askToStop(run.id())) {
                throw new RunRefused("Run " + run.id() + " has ended already.");
            }
            trail.add(actor, Deed.of(AuditEvent.RUN_STOPPED, run.id(), run.mapping()));
        });
        // A run of this process need not wait until its heart beats again.
        beating.stream().filter(heart -> heart.isOf(run.id())).forEach(Heartbeat::askToStop);
    }

    /** Whether a process holds the lease of a run, as far as is known; nobody is asked about runs of this process. */
    public boolean isWorkedOn(Run run) {
        return beating.stream().anyMatch(heart -> heart.isOf(run.id()) && heart.isBeating())
                || engine.leases()
                        .holder(run.linkType())
                        .filter(holder -> holder.runId().equals(run.id()) && !Holder.isGone(holder.process()))
                        .isPresent();
    }

    /** Whether a live run has this object set as its target. */
    public boolean isTargetOfLiveRun(String objectSet) {
        return engine.leases().holders().values().stream()
                .flatMap(holder -> engine.runs().find(holder.runId()).stream())
                .anyMatch(run -> objectSet.equals(run.resourceCollection("targetQuery")));
    }

    /** The ids of the runs that this process works on. For any thread. */
    public Set<String> atWork() {
        return beating.stream().map(Heartbeat::runId).collect(Collectors.toUnmodifiableSet());
    }

    /** Asks all runs of this process to stop; answers how many there are. For any thread. */
    public int stopAll(Actor actor) {
        List<Heartbeat> stopping = List.copyOf(beating);
        stopping.forEach(Heartbeat::askToStop);
        stopping.forEach(heart -> noteStop(heart.runId(), actor));
        return stopping.size();
    }

    /** Whoever ends a process does not wait for a database that is away. */
    private void noteStop(String runId, Actor actor) {
        try {
            engine.runs()
                    .find(runId)
                    .ifPresent(run -> trail.add(actor, Deed.of(AuditEvent.RUN_STOPPED, run.id(), run.mapping())));
        } catch (DataAccessException | TransactionException trouble) {
            LOG.warn("The audit trail could not be told that run {} was stopped by {}.", runId, actor.name());
        }
    }

    /**
     * Does something in a transaction on the platform database while no run works on the links of these types; a run
     * that is started meanwhile waits for it.
     *
     * @throws dev.concord.ledger.LeaseHeld when a run does
     */
    public <T extends @Nullable Object> T whileIdle(Set<String> linkTypes, Supplier<T> work) {
        return engine.transaction().execute(status -> {
            // In one order, so that two who want the same do not wait for each other.
            new TreeSet<>(linkTypes).forEach(type -> engine.leases().keepFree(type, Holder::isGone));
            return work.get();
        });
    }

    /**
     * The lease of a run that is to begin or to go on.
     *
     * @throws dev.concord.ledger.LeaseHeld when another run, or another process, has it
     */
    Lease acquire(String linkType, String runId) {
        return engine.leases().acquire(linkType, runId, Holder.thisProcess(), Heartbeat.LEASE, Holder::isGone);
    }

    /** Keeps a lease until what is returned is closed. */
    Heartbeat beat(Lease lease) {
        return new Heartbeat(connection, lease, beating);
    }
}
