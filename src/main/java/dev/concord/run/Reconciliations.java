package dev.concord.run;

import dev.concord.explanation.Explanation;
import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.link.Links;
import dev.concord.mapping.Closure;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.recon.Engine;
import dev.concord.recon.PreparedRun;
import dev.concord.recon.ReconciliationJob;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;

/**
 * Starts runs and continues interrupted ones, each in the calling thread until it has ended. Safe for use by several
 * threads.
 */
public final class Reconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);

    private final Home home;
    private final Engine engine;
    private final JobOperator operator;
    private final Clock clock;
    private final RunIds runIds;

    public Reconciliations(Home home, Engine engine, JobOperator operator, Clock clock, RunIds runIds) {
        this.home = home;
        this.engine = engine;
        this.operator = operator;
        this.clock = clock;
        this.runIds = runIds;
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
     */
    public Run start(RunRequest request, RunListener listener) {
        Definitions definitions = definitions();
        Mapping mapping = mapping(definitions, request.mapping());
        checkFilter(request.where());
        return start(definitions, mapping, request.kind(), request.analyze(), request.parameters(mapping), listener);
    }

    /**
     * Does one action for one record now, as a run of its own, and returns the run as it ended. The record is assessed
     * first; the action then takes the place of what the rules say.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     * @throws RunRefused when the request makes no sense
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run perform(ActionRequest request, RunListener listener) {
        Definitions definitions = definitions();
        Mapping mapping = mapping(definitions, request.mapping());
        return start(definitions, mapping, RunKind.ACTION, request.analyze(), request.parameters(mapping), listener);
    }

    private Run start(
            Definitions definitions,
            Mapping mapping,
            RunKind kind,
            boolean analyze,
            Map<String, @Nullable Object> parameters,
            RunListener listener) {
        Closure closure = definitions.closureOf(mapping.name());
        String runId = runIds.next();
        Lease lease = acquire(leaseName(mapping), runId);
        try (Heartbeat heartbeat = new Heartbeat(engine.leases(), lease)) {
            closeAbandoned(lease);
            Run run = engine.runs()
                    .create(new Runs.NewRun(
                            runId,
                            mapping.name(),
                            leaseName(mapping),
                            kind,
                            analyze,
                            parameters,
                            closure.texts(),
                            closure.hash(),
                            runId.hashCode() * 0x9E3779B97F4A7C15L,
                            clock.instant()));
            return work(run, mapping, definitions, lease, listener);
        }
    }

    /**
     * Continues a run that was stopped, failed or whose process died, from where its ledger says it was, with the
     * definitions that it froze at its start.
     *
     * @throws RunRefused when there is no such run, or it is done
     * @throws dev.concord.ledger.LeaseHeld when a run, perhaps this one, works on the mapping's links
     */
    public Run restart(String id, RunListener listener) {
        Run run = engine.runs().find(id).orElseThrow(() -> new RunRefused("There is no run " + id + "."));
        if (run.state() == RunState.SUCCESS) {
            throw new RunRefused("Run " + run.id() + " is done; there is nothing to continue. Start a new one.");
        }
        Definitions frozen = DefinitionLoader.load(Sources.of(engine.runs().closure(run.id())));
        Mapping mapping = mapping(frozen, run.mapping());
        Lease lease = acquire(run.linkType(), run.id());
        try (Heartbeat heartbeat = new Heartbeat(engine.leases(), lease)) {
            liftInterruptedExecution(mapping, run);
            engine.runs().reopen(run.id());
            return work(engine.runs().find(run.id()).orElseThrow(), mapping, frozen, lease, listener);
        }
    }

    private static Mapping mapping(Definitions definitions, String name) {
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

    private static void checkFilter(@Nullable String where) {
        if (where != null) {
            try {
                Filter.parse(where);
            } catch (FilterSyntaxException e) {
                throw new RunRefused("The filter cannot be read: " + e.getMessage());
            }
        }
    }

    /** Mappings that share links take turns; one that keeps none only with itself. */
    private static String leaseName(Mapping mapping) {
        return mapping.enableLinking() ? mapping.linkOwner() : mapping.name();
    }

    private Lease acquire(String linkType, String runId) {
        return engine.leases().acquire(linkType, runId, Holder.thisProcess(), Heartbeat.LEASE, Holder::isGone);
    }

    /** Runs that were never closed and whose lease is ours now: their process is gone. */
    private void closeAbandoned(Lease lease) {
        for (Run run : engine.runs().active(lease.linkType())) {
            engine.runs()
                    .close(
                            run.id(),
                            new Runs.Ending(
                                    RunState.FAILED,
                                    Stage.COMPLETED_FAILED,
                                    RunCondition.LEASE_EXPIRED,
                                    "The process that ran it is gone; run " + lease.runId() + " began anew.",
                                    engine.reader().counts(run.id(), null),
                                    clock.instant()));
        }
    }

    private Run work(Run run, Mapping mapping, Definitions definitions, Lease lease, RunListener listener) {
        listener.started(run);
        Runs.Ending ending;
        try (PreparedRun prepared =
                engine.prepare(run, definitions, mapping, lease, home.snapshots(run.id()), listener)) {
            ending = ending(run, operator.start(prepared.job(), parameters(run)));
        } catch (JobExecutionException e) {
            throw new IllegalStateException("The batch job of run " + run.id() + " could not be started.", e);
        } catch (RuntimeException e) {
            ending = new RunEnding(engine.reader(), clock).failed(run, e);
        }
        ending = told(run, mapping, definitions, lease, ending);
        engine.runs().close(run.id(), ending);
        if (ending.state() == RunState.SUCCESS) {
            SnapshotFolder.remove(home.snapshots(run.id()));
        }
        Run ended = engine.runs().find(run.id()).orElseThrow();
        listener.ended(ended);
        return ended;
    }

    /** Tells the mapping's script how the run ended, unless somebody else has taken over. */
    private Runs.Ending told(Run run, Mapping mapping, Definitions definitions, Lease lease, Runs.Ending ending) {
        String trouble;
        try {
            trouble = ending.condition() == RunCondition.LEASE_EXPIRED
                    ? null
                    : engine.result(run, definitions, mapping, lease, ending);
        } catch (LeaseLost lost) {
            return ending;
        }
        if (trouble == null) {
            return ending;
        }
        LOG.warn("A script failed at the end of run {}; the run is not touched by that.", run.id());
        return ending.saying("Warning: " + trouble);
    }

    private Runs.Ending ending(Run run, JobExecution execution) {
        RunEnding ending = new RunEnding(engine.reader(), clock);
        return switch (execution.getStatus()) {
            case COMPLETED -> ending.completed(run);
            case STOPPED -> ending.stopped(run);
            case FAILED, STARTING, STARTED, STOPPING, ABANDONED, UNKNOWN ->
                ending.failed(run, RunEnding.cause(execution));
        };
    }

    private static JobParameters parameters(Run run) {
        return new JobParametersBuilder().addString("run", run.id()).toJobParameters();
    }

    /** A process that died leaves its batch execution behind as if it still worked; our lease says that nobody does. */
    private void liftInterruptedExecution(Mapping mapping, Run run) {
        JobInstance instance = engine.repository().getJobInstance(ReconciliationJob.name(mapping), parameters(run));
        JobExecution last = instance == null ? null : engine.repository().getLastJobExecution(instance);
        if (last != null && (last.isRunning() || last.getStatus() == BatchStatus.UNKNOWN)) {
            operator.recover(last);
        }
    }
}
