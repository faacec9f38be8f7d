package dev.concord.recon;

import dev.concord.correlation.Correlator;
import dev.concord.explanation.Explanation;
import dev.concord.guard.SourceBefore;
import dev.concord.guard.Trips;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunLedger;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.ledger.TargetCalls;
import dev.concord.link.LinkType;
import dev.concord.link.Links;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.projection.Projection;
import dev.concord.script.Conditions;
import dev.concord.script.ScriptFaults;
import dev.concord.script.Scripts;
import dev.concord.secret.Crypto;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The parts that every run on a node works with, and the way they are put together for one run. Safe for use by several
 * threads.
 *
 * @param jdbc on the platform database
 * @param transaction begins a transaction of its own on the platform database, READ COMMITTED
 * @param smallestPartition how many records a partition is worth having for; fewer than that share one
 * @param fewestPresumed how many linked records it takes to read all targets before the source phase, rather than each
 *     where its record is worked on
 * @param patience how much trouble with databases and systems is put up with
 */
public record Engine(
        JdbcTemplate jdbc,
        TransactionTemplate transaction,
        JobRepository repository,
        Runs runs,
        Leases leases,
        LedgerReader reader,
        Scripts scripts,
        ObjectSets.Factory objectSets,
        int smallestPartition,
        int fewestPresumed,
        Patience patience) {

    /** Partitions of fewer records than this cost more than they gain. */
    private static final int USUAL_SMALLEST_PARTITION = 1000;

    /** With fewer, a second and more of start-up is all that anybody notices. */
    private static final int USUAL_FEWEST_PRESUMED = 10_000;

    /** No commit passes with the lease of such an epoch. */
    private static final long HELD_BY_NOBODY = -1;

    public Engine(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            JobRepository repository,
            Runs runs,
            Leases leases,
            LedgerReader reader,
            Scripts scripts,
            ObjectSets.Factory objectSets,
            Patience patience) {
        this(
                jdbc,
                transaction,
                repository,
                runs,
                leases,
                reader,
                scripts,
                objectSets,
                USUAL_SMALLEST_PARTITION,
                USUAL_FEWEST_PRESUMED,
                patience);
    }

    /**
     * Opens the systems that a run works with and builds its batch job.
     *
     * @param definitions as the run froze them
     * @param lease held by this process for as long as the job works
     * @param snapshots the folder in which the run keeps what it must find again when it is continued
     */
    public PreparedRun prepare(
            Run run, Definitions definitions, Mapping mapping, Lease lease, Path snapshots, RunListener listener) {
        ObjectSets sets = objectSets.of(definitions);
        try {
            boolean again =
                    !new RunLedger(jdbc, leases, lease).partitions(Phase.SOURCE).isEmpty();
            Copies copies = new Copies(snapshots);
            if (!again) {
                copies.discardSource();
            }
            ObjectSet source = run.kind() == RunKind.UNDO
                    ? new NoSource(mapping.source(), definitions.attributes(mapping.source()))
                    : copies.source(sets.open(mapping.source()), again);
            if (!again) {
                MissingAttributes.check(mapping, source.schema());
            }
            TargetCalls calls = new TargetCalls();
            ObjectSet opened = new MeasuredTarget(sets.open(mapping.target()).asTarget(), calls);
            ObjectSet target = copies.target(opened, again);
            RunContext context = context(run, mapping, sets, source, target, definitions.crypto(), lease, listener);
            context.memory().planKey = PlanKey.of(run, definitions.crypto(), snapshots);
            return new PreparedRun(
                    ReconciliationJob.of(
                            context,
                            runsTargetPhase(run, mapping),
                            repository,
                            runs,
                            reader,
                            smallestPartition,
                            fewestPresumed,
                            WorkingThreads.of(jdbc, WorkingThreads.wanted(mapping.performance())),
                            (other, borrower) -> lend(run, other, lease, borrower)),
                    sets,
                    context.memory(),
                    context.guards(),
                    calls);
        } catch (RuntimeException e) {
            sets.close();
            throw e;
        }
    }

    /** Opens the target of another run's mapping, as that run had it, for this one. */
    private void lend(Run run, String other, Lease lease, Consumer<RunContext> borrower) {
        Definitions definitions = DefinitionLoader.load(Sources.of(runs.closure(other)));
        Mapping mapping = Objects.requireNonNull(
                definitions.mappings().get(runs.find(other).orElseThrow().mapping()));
        try (ObjectSets sets = objectSets.of(definitions)) {
            ObjectSet source = new NoSource(mapping.source(), definitions.attributes(mapping.source()));
            ObjectSet target = sets.open(mapping.target()).asTarget();
            borrower.accept(context(run, mapping, sets, source, target, definitions.crypto(), lease, RunListener.NONE));
        } catch (SystemUnavailable | UnusableObjectSet trouble) {
            throw new SystemUnavailable(
                    "Run " + other + " of " + mapping.name() + " ended while it wrote to " + mapping.target()
                            + ". Before anything else is done, it must be seen what became of that. "
                            + trouble.getMessage(),
                    trouble);
        }
    }

    /**
     * Decides about one record as a run would now, and tells how. Nothing is touched, and no lease is needed.
     *
     * @param preview whether to build the target of a source even where the action writes none; what is told of the
     *     op's effects then means nothing
     */
    public Explanation explain(Definitions definitions, Mapping mapping, Explanation.Subject subject, boolean preview) {
        try (ObjectSets sets = objectSets.of(definitions)) {
            Run run = Explainer.run(mapping);
            RunContext context = context(
                    run,
                    mapping,
                    sets,
                    sets.open(mapping.source()),
                    sets.open(mapping.target()).asTarget(),
                    definitions.crypto(),
                    new Lease(run.linkType(), run.id(), HELD_BY_NOBODY),
                    RunListener.NONE);
            return new Explainer(context, preview).explain(subject);
        }
    }

    private RunContext context(
            Run run,
            Mapping mapping,
            ObjectSets sets,
            ObjectSet source,
            ObjectSet target,
            Crypto crypto,
            Lease lease,
            RunListener listener) {
        Scripts timed = new TimedScripts(scripts);
        Conditions conditions = new Conditions(timed);
        Projection projection = new Projection(timed, conditions);
        RunLedger ledger = new RunLedger(jdbc, leases, lease);
        GuardWatch guards = new GuardWatch(run, ledger, new Trips(jdbc), new SourceBefore(runs, reader));
        return new RunContext(
                run,
                mapping,
                sets,
                source,
                target,
                links(mapping),
                ledger,
                timed,
                conditions,
                projection,
                TargetSecrets.of(mapping, source, target, crypto),
                Sight.of(mapping, source.schema(), target.schema()),
                new Correlator(mapping, target, timed, projection),
                transaction,
                listener,
                new RunMemory(run.facts(), lease, guards),
                guards,
                patience);
    }

    /**
     * Runs the mapping's script for the end of a run, if it has one and the run did more than look.
     *
     * @return what went wrong with the script, or null. The run is not touched by it
     * @throws dev.concord.ledger.LeaseLost when somebody else has the lease; then nothing was written
     */
    public @Nullable String result(Run run, Definitions definitions, Mapping mapping, Lease lease, Runs.Ending ending) {
        if (!RunHooks.has(Hook.RESULT, run, mapping)) {
            return null;
        }
        try (ObjectSets sets = objectSets.of(definitions)) {
            transaction.executeWithoutResult(status -> {
                new RunHooks(run, mapping, scripts, sets, definitions.crypto()).result(ending, reader);
                leases.check(lease);
            });
            return null;
        } catch (RunHookFailure failure) {
            return failure.explained();
        } catch (SystemUnavailable | DataAccessException | TransactionException trouble) {
            return "The script " + Hook.RESULT.key() + " could not reach what it works with.";
        }
    }

    /**
     * The object set of a run that was copied when the run began, and whose copy is not in this folder; empty when the
     * run can go on from here.
     *
     * @param definitions as the run froze them
     */
    public Optional<String> missingCopy(Run run, Definitions definitions, Mapping mapping, Path snapshots) {
        if (reader.partitions(run.id(), Phase.SOURCE) == 0) {
            return Optional.empty();
        }
        try (ObjectSets sets = objectSets.of(definitions)) {
            return new Copies(snapshots).missing(run, definitions, mapping, sets);
        }
    }

    /** The links that a mapping reads and writes, seen from its side. */
    public Links links(Mapping mapping) {
        return new Links(jdbc, linkType(mapping));
    }

    /** An ad-hoc filter visits sources only, unless the run was asked for more. */
    private static boolean runsTargetPhase(Run run, Mapping mapping) {
        return switch (run.kind()) {
            case FULL ->
                run.parameters().get("runTargetPhase") instanceof Boolean asked ? asked : mapping.runTargetPhase();
            case FILTER -> Boolean.TRUE.equals(run.parameters().get("runTargetPhase"));
            case SINGLE, ACTION, FAILED, APPLY, UNDO -> false;
        };
    }

    private static LinkType linkType(Mapping mapping) {
        return new LinkType(
                mapping.linkOwner(),
                mapping.reversed(),
                mapping.enableLinking(),
                mapping.sourceIdsCaseSensitive(),
                mapping.targetIdsCaseSensitive());
    }

    /** An error for each place of these mappings that has a script which is no JavaScript; none is run. */
    public List<Fault> scriptFaults(Definitions definitions, Collection<String> mappings) {
        return ScriptFaults.of(definitions, mappings, scripts);
    }
}
