package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.explanation.Explanation;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.link.Links;
import dev.concord.mapping.Closure;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.recon.Engine;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts runs and continues interrupted ones, each in the calling thread until it has ended; {@link BackgroundRuns}
 * does it behind the caller's back. Safe for use by several threads.
 */
public final class Reconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);

    private final Home home;
    private final Engine engine;
    private final Clock clock;
    private final RunIds runIds;
    private final RunExecution execution;
    private final HeartbeatConnection connection;
    private final RunListener listeners;
    private final InstallationThresholds thresholds;
    private final AuditTrail trail;
    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet();

    /** @param listeners are told of all runs of this process */
    public Reconciliations(
            Home home,
            Engine engine,
            JobOperator operator,
            Clock clock,
            RunIds runIds,
            HeartbeatConnection connection,
            RunListener listeners,
            InstallationThresholds thresholds,
            AuditTrail trail) {
        this.listeners = listeners;
        this.thresholds = thresholds;
        this.trail = trail;
        this.connection = connection;
        this.home = home;
        this.engine = engine;
        this.clock = clock;
        this.runIds = runIds;
        this.execution = new RunExecution(home, engine, operator, clock);
    }

    /** All definitions as they are in the files now. */
    public Definitions definitions() {
        return DefinitionLoader.load(Sources.of(home.jobs()));
    }

    /**
     * The links that a mapping reads and writes, seen from its side.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     */
    public Links links(String mapping) {
        return engine.links(mapping(definitions(), mapping));
    }

    /** The links that a mapping of {@link #definitions} reads and writes, seen from its side. */
    public Links links(Mapping mapping) {
        return engine.links(mapping);
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
     * What a run would decide about one record now, and why. Writes nothing, and does not wait for a run that works on
     * the same links.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     */
    public Explanation explain(String mapping, Explanation.Subject subject) {
        Definitions definitions = definitions();
        return engine.explain(definitions, mapping(definitions, mapping), subject, false);
    }

    /**
     * The target object that the mapping makes of one source record now, whether or not a rule has it written: what
     * stands as {@code wanted} in the decisions. Writes nothing.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     */
    public Explanation preview(String mapping, String sourceId) {
        Definitions definitions = definitions();
        Explanation.Subject subject = new Explanation.Subject(Explanation.Side.SOURCE, sourceId);
        return engine.explain(definitions, mapping(definitions, mapping), subject, true);
    }

    /**
     * Runs a mapping and returns the run as it ended, be that well or badly.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     * @throws RunRefused when the request makes no sense
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     * @throws dev.concord.ledger.LeaseLost when somebody took the run over while this process hung
     * @throws RunCutOff when the platform database was lost
     */
    public Run start(RunRequest request, Actor actor, RunListener listener) {
        return begin(request, actor).work(listener);
    }

    OpenRun begin(RunRequest request, Actor actor) {
        return begin(request, runIds.next(), actor);
    }

    OpenRun begin(RunRequest request, String runId, Actor actor) {
        Definitions definitions = definitions();
        Mapping mapping = mapping(definitions, request.mapping());
        return begin(
                runId,
                definitions,
                mapping,
                request.kind(),
                request.analyze(),
                request.parameters(mapping),
                actor,
                request.deed(runId));
    }

    /**
     * Does one action for one record now, as a run of its own, and returns the run as it ended. The record is assessed
     * first; the action then takes the place of what the rules say.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     * @throws RunRefused when the request makes no sense
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run perform(ActionRequest request, Actor actor, RunListener listener) {
        Definitions definitions = definitions();
        Mapping mapping = mapping(definitions, request.mapping());
        String runId = runIds.next();
        Map<String, @Nullable Object> parameters = request.parameters(mapping, actor.name());
        Deed deed = request.deed(runId);
        return begin(runId, definitions, mapping, RunKind.ACTION, request.analyze(), parameters, actor, deed)
                .work(listener);
    }

    /** Begins a run of a mapping as these definitions have it, which need not be those of today. */
    OpenRun begin(
            String runId,
            Definitions definitions,
            Mapping mapping,
            RunKind kind,
            boolean analyze,
            Map<String, @Nullable Object> parameters,
            Actor actor,
            Deed deed) {
        Closure closure = definitions.closureOf(mapping.name());
        // What the run begins with is what a restart will find, and nothing else.
        Definitions frozen = DefinitionLoader.load(Sources.of(closure.texts()));
        Mapping frozenMapping = mapping(frozen, mapping.name());
        Lease lease = acquire(leaseName(mapping), runId);
        return open(lease, frozenMapping, frozen, () -> {
            closeAbandoned(lease);
            if (kind == RunKind.FULL && !analyze) {
                engine.runs().supersede(mapping.name(), runId);
            }
            Run run = engine.runs()
                    .create(new Runs.NewRun(
                            runId,
                            mapping.name(),
                            leaseName(mapping),
                            kind,
                            analyze,
                            thresholds.frozenWith(parameters, kind, frozenMapping),
                            closure.texts(),
                            closure.hash(),
                            runId.hashCode() * 0x9E3779B97F4A7C15L,
                            clock.instant()));
            trail.add(actor, deed);
            return run;
        });
    }

    /** A run whose row is written under its lease; the lease is given back when that fails. */
    private OpenRun open(Lease lease, Mapping mapping, Definitions frozen, Supplier<Run> row) {
        Heartbeat heartbeat = beat(lease);
        try {
            Run run = Objects.requireNonNull(engine.transaction().execute(status -> row.get()));
            return new OpenRun(execution, run, mapping, frozen, lease, heartbeat, listeners);
        } catch (RuntimeException | Error e) {
            heartbeat.close();
            throw e;
        }
    }

    /**
     * Continues a run that was stopped, failed or whose process died, from where its ledger says it was, with the
     * definitions that it froze at its start.
     *
     * @throws RunRefused when there is no such run, or it is done
     * @throws dev.concord.ledger.LeaseHeld when a run, perhaps this one, works on the mapping's links
     */
    public Run restart(String id, Actor actor, RunListener listener) {
        return reopen(id, actor).work(listener);
    }

    OpenRun reopen(String id, Actor actor) {
        return reopen(id, actor, Approvals::checkMayGoOn, deed(AuditEvent.RUN_RESTARTED));
    }

    /**
     * @param before is shown the run, which nobody else changes meanwhile, in the transaction that opens it
     * @param deed what the audit trail says of that
     */
    OpenRun reopen(String id, Actor actor, Consumer<Run> before, Function<Run, Deed> deed) {
        Run run = engine.runs().find(id).orElseThrow(() -> new RunRefused("There is no run " + id + "."));
        Approvals.checkMayGoOn(run);
        Definitions frozen = DefinitionLoader.load(Sources.of(engine.runs().closure(run.id())));
        Mapping mapping = mapping(frozen, run.mapping());
        Lease lease = acquire(run.linkType(), run.id());
        return open(lease, mapping, frozen, () -> {
            engine.runs().lock(run.id());
            before.accept(engine.runs().find(run.id()).orElseThrow());
            execution.liftInterrupted(mapping, run);
            engine.runs().reopen(run.id());
            trail.add(actor, deed.apply(run));
            return engine.runs().find(run.id()).orElseThrow();
        });
    }

    private static Function<Run, Deed> deed(AuditEvent event) {
        return run -> Deed.of(event, run.id(), run.mapping());
    }

    /** How the definition that a run was started with differs from what the files say now. */
    public DefinitionComparison compareDefinition(Run run) {
        return DefinitionComparison.of(run, engine.runs().closure(run.id()), definitions());
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

    /** Whether a process holds the lease of a run, as far as is known. */
    public boolean isWorkedOn(Run run) {
        return engine.leases()
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
     * Closes a run whose process died, as failed, without continuing it.
     *
     * @throws RunRefused when the run has ended
     * @throws dev.concord.ledger.LeaseHeld when a process works on it, or may still
     */
    public Run recover(Run run, Actor actor) {
        if (run.state() != RunState.ACTIVE) {
            throw new RunRefused("Run " + run.id() + " has ended; there is nothing to recover.");
        }
        Lease lease = acquire(run.linkType(), run.id());
        try {
            Definitions frozen = DefinitionLoader.load(Sources.of(engine.runs().closure(run.id())));
            execution.liftInterrupted(mapping(frozen, run.mapping()), run);
            execution.closeAsDead(
                    run,
                    "The process that ran it is gone. A restart goes on from where the run was.",
                    () -> trail.add(actor, Deed.of(AuditEvent.RUN_RECOVERED, run.id(), run.mapping())));
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
        Mapping mapping = mapping(DefinitionLoader.load(Sources.of(engine.runs().closure(run.id()))), run.mapping());
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

    private Heartbeat beat(Lease lease) {
        return new Heartbeat(connection, lease, beating);
    }

    static Mapping mapping(Definitions definitions, String name) {
        Mapping mapping = definitions.mappings().get(name);
        if (mapping != null) {
            return mapping;
        }
        List<Fault> errors = definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .toList();
        throw new UnusableDefinition(
                errors.isEmpty()
                        ? "There is no mapping " + name + "; there are: "
                                + String.join(", ", definitions.mappings().keySet()) + "."
                        : "The mapping " + name + " cannot be used. The definitions have faults:",
                errors);
    }

    /** Mappings that share links take turns; one that keeps none only with itself. */
    static String leaseName(Mapping mapping) {
        return mapping.enableLinking() ? mapping.linkOwner() : mapping.name();
    }

    private Lease acquire(String linkType, String runId) {
        return engine.leases().acquire(linkType, runId, Holder.thisProcess(), Heartbeat.LEASE, Holder::isGone);
    }

    /** Runs that were never closed and whose lease is ours now: their process is gone. */
    private void closeAbandoned(Lease lease) {
        for (Run run : engine.runs().active(lease.linkType())) {
            execution.closeAsDead(
                    run, "The process that ran it is gone; run " + lease.runId() + " began anew.", () -> {});
        }
    }
}
