package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.link.Links;
import dev.concord.mapping.Closure;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.recon.Engine;
import dev.concord.recon.GuardTripped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs and continues interrupted ones, each in the calling thread until it has ended; {@link BackgroundRuns}
 * does it behind the caller's back. Safe for use by several threads.
 */
public final class Reconciliations {

    private final Home home;
    private final Engine engine;
    private final Clock clock;
    private final RunIds runIds;
    private final RunExecution execution;
    private final RunsAtWork atWork;
    private final EndedRuns ended;
    private final RunListener listeners;
    private final InstallationThresholds thresholds;
    private final AuditTrail trail;

    /** @param listeners are told of all runs of this process */
    Reconciliations(
            Home home,
            Engine engine,
            RunExecution execution,
            Clock clock,
            RunIds runIds,
            RunsAtWork atWork,
            EndedRuns ended,
            RunListener listeners,
            InstallationThresholds thresholds,
            AuditTrail trail) {
        this.listeners = listeners;
        this.thresholds = thresholds;
        this.trail = trail;
        this.atWork = atWork;
        this.ended = ended;
        this.home = home;
        this.engine = engine;
        this.clock = clock;
        this.runIds = runIds;
        this.execution = execution;
    }

    /** All definitions as they are in the files now. */
    public Definitions definitions() {
        return DefinitionLoader.load(Sources.of(home.jobs()));
    }

    /** An error for each place of these mappings that has a script which is no JavaScript; none is run. */
    List<Fault> scriptFaults(Definitions definitions, Collection<String> mappings) {
        return engine.scriptFaults(definitions, mappings);
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
        return begin(request, runId, AuditEvent.RUN_STARTED, actor);
    }

    /** @param event what the audit trail calls it */
    OpenRun begin(RunRequest request, String runId, AuditEvent event, Actor actor) {
        Definitions definitions = definitions();
        Mapping mapping = mapping(definitions, request.mapping());
        return begin(
                new Beginning(
                        runId,
                        definitions,
                        mapping,
                        request.kind(),
                        request.analyze(),
                        request.parameters(mapping),
                        request.deed(event, runId)),
                actor);
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
        Beginning beginning =
                new Beginning(runId, definitions, mapping, RunKind.ACTION, request.analyze(), parameters, deed);
        return begin(beginning, actor).work(listener);
    }

    /** Begins a run of a mapping as these definitions have it, which need not be those of today. */
    OpenRun begin(Beginning beginning, Actor actor) {
        Mapping mapping = beginning.mapping();
        String runId = beginning.runId();
        Closure closure = beginning.definitions().closureOf(mapping.name());
        // What the run begins with is what a restart will find, and nothing else.
        Definitions frozen = DefinitionLoader.load(Sources.of(closure.texts()));
        Mapping frozenMapping = mapping(frozen, mapping.name());
        Lease lease = atWork.acquire(leaseName(mapping), runId);
        return open(lease, frozenMapping, frozen, () -> {
            ended.closeAbandoned(lease);
            if (beginning.kind() == RunKind.FULL && !beginning.analyze()) {
                engine.runs().finals().supersede(leaseName(mapping), runId, GuardTripped::withoutHint);
            }
            if (beginning.kind() == RunKind.UNDO && !beginning.analyze()) {
                engine.runs()
                        .finals()
                        .takeBack(String.valueOf(beginning.parameters().get("undo")), runId);
            }
            Run run = engine.runs()
                    .create(new Runs.NewRun(
                            runId,
                            mapping.name(),
                            leaseName(mapping),
                            beginning.kind(),
                            beginning.analyze(),
                            thresholds.frozenWith(beginning.parameters(), beginning.kind(), frozenMapping),
                            closure.texts(),
                            closure.hash(),
                            runId.hashCode() * 0x9E3779B97F4A7C15L,
                            clock.instant()));
            trail.add(actor, beginning.deed());
            return run;
        });
    }

    /** A run whose row is written under its lease; the lease is given back when that fails. */
    private OpenRun open(Lease lease, Mapping mapping, Definitions frozen, Supplier<Run> row) {
        Heartbeat heartbeat = atWork.beat(lease);
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
     * @throws RunRefused when there is no such run, it is done, or files that it reads were copied to another folder
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
        engine.missingCopy(run, frozen, mapping, home.snapshots(run.id())).ifPresent(objectSet -> {
            throw new RunRefused("The copy of " + objectSet + " that run " + run.id() + " began with is not in "
                    + home.snapshots(run.id())
                    + ", but where the run was started. Continue it there, or start a new one."
                    + " Servers that shall continue each other's runs of files need the same folder "
                    + home.data().getFileName() + ".");
        });
        Lease lease = atWork.acquire(run.linkType(), run.id());
        return open(lease, mapping, frozen, () -> {
            engine.runs().lock(run.id());
            before.accept(engine.runs().find(run.id()).orElseThrow());
            execution.liftInterrupted(mapping, run);
            engine.runs().reopen(run.id(), clock.instant());
            trail.add(actor, deed.apply(run));
            return engine.runs().find(run.id()).orElseThrow();
        });
    }

    private static Function<Run, Deed> deed(AuditEvent event) {
        return run -> Deed.of(event, run.id(), run.mapping());
    }

    /** Whether the copies of files that a run began with, if it did with some, are in this home. */
    public boolean hasCopiesOf(Run run) {
        Definitions frozen = DefinitionLoader.load(Sources.of(engine.runs().closure(run.id())));
        Mapping mapping = frozen.mappings().get(run.mapping());
        return mapping == null
                || engine.missingCopy(run, frozen, mapping, home.snapshots(run.id()))
                        .isEmpty();
    }

    /** How the definition that a run was started with differs from what the files say now. */
    public DefinitionComparison compareDefinition(Run run) {
        return DefinitionComparison.of(run, engine.runs().closure(run.id()), definitions());
    }

    static Mapping mapping(Definitions definitions, String name) {
        Mapping mapping = definitions.mappings().get(name);
        if (mapping != null) {
            return mapping;
        }
        List<Fault> errors = definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .filter(fault -> !fault.place().file().startsWith("webhooks/")
                        && !fault.place().file().startsWith("schedules/"))
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
}
