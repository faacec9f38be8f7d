package dev.concord.run;

import dev.concord.guard.Excess;
import dev.concord.guard.Trips;
import dev.concord.ledger.Lease;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.recon.Engine;
import dev.concord.recon.GuardTripped;
import dev.concord.recon.PreparedRun;
import dev.concord.recon.ReconciliationJob;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Lets the batch framework do what a run has to do, and closes the run as it ended. Safe for use by several threads.
 */
final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final Home home;
    private final Engine engine;
    private final JobOperator operator;
    private final Clock clock;

    RunExecution(Home home, Engine engine, JobOperator operator, Clock clock) {
        this.home = home;
        this.engine = engine;
        this.operator = operator;
        this.clock = clock;
    }

    /**
     * Does a run that is ready to start or to go on, in the calling thread, and returns it as it ended.
     *
     * @throws LeaseLost when somebody else has taken it over; its row is theirs then
     * @throws RunCutOff when the platform database is lost
     */
    Run work(
            Run run, Mapping mapping, Definitions definitions, Lease lease, Heartbeat heartbeat, RunListener listener) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("run", run.id());
                MDC.MDCCloseable _ = MDC.putCloseable("mapping", mapping.name())) {
            listener.started(run);
            Ended worked = run(run, mapping, definitions, lease, heartbeat, listener);
            Runs.Ending ending = worked.ending();
            Run closed =
                    close(run, lease, new Ended(told(run, mapping, definitions, lease, ending), worked.excesses()));
            worked.excesses().forEach(excess -> listener.tripped(run, excess.guard()));
            if (ending.state() == RunState.SUCCESS) {
                SnapshotFolder.remove(home.snapshots(run.id()));
                if (run.parameters().get("plan") instanceof String plan) {
                    SnapshotFolder.remove(home.planKey(plan));
                }
            }
            return closed;
        } catch (DataAccessException | TransactionException trouble) {
            throw new RunCutOff(run.id(), trouble);
        }
    }

    /** @param excesses what guards stopped the run for */
    private record Ended(Runs.Ending ending, List<Excess> excesses) {}

    private Ended run(
            Run run, Mapping mapping, Definitions definitions, Lease lease, Heartbeat heartbeat, RunListener listener) {
        try (PreparedRun prepared =
                engine.prepare(run, definitions, mapping, lease, home.snapshots(run.id()), listener)) {
            heartbeat.stopBy(prepared::stop);
            prepared.watchLease(heartbeat);
            heartbeat.keeps(prepared.calls());
            return worked(run, prepared);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("The batch job of run " + run.id() + " could not be started.", e);
        } catch (RuntimeException e) {
            return failed(run, e);
        } finally {
            // Before the run is closed: who watches runs looks at those that succeeded no more.
            heartbeat.keepLastCalls();
        }
    }

    private Ended worked(Run run, PreparedRun prepared) throws JobExecutionException {
        try {
            JobExecution execution = operator.start(prepared.job(), parameters(run));
            return ending(run, execution, prepared);
        } catch (JobInstanceAlreadyCompleteException complete) {
            // Its process died with everything done, between the job's last commit and the one that closes the run.
            return new Ended(new RunEnding(engine.reader(), clock).completed(run), List.of());
        } catch (DataAccessException | TransactionException lost) {
            throw prepared.causeOf(lost);
        }
    }

    private Ended failed(Run run, RuntimeException cause) {
        try {
            return new Ended(new RunEnding(engine.reader(), clock).failed(run, cause), List.of());
        } catch (DataAccessException | TransactionException lost) {
            boolean ofDatabase = cause instanceof DataAccessException || cause instanceof TransactionException;
            throw new RunCutOff(run.id(), ofDatabase ? cause : lost);
        }
    }

    /**
     * Only whoever holds the lease says how the run ended, and gives the lease back with the same commit: whoever sees
     * that the run has ended can start the next one, continue this one or forget it.
     */
    private Run close(Run run, Lease lease, Ended ended) {
        return engine.transaction().execute(status -> {
            if (!ended.excesses().isEmpty()) {
                new Trips(engine.jdbc()).add(run.id(), ended.excesses(), clock.instant());
            }
            Run closed = engine.runs().close(run.id(), ended.ending());
            if (!engine.leases().release(lease)) {
                throw new LeaseLost(lease);
            }
            return closed;
        });
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

    private Ended ending(Run run, JobExecution execution, PreparedRun prepared) {
        GuardTripped tripped = prepared.tripped();
        RunEnding ending = new RunEnding(engine.reader(), clock);
        return switch (execution.getStatus()) {
            case COMPLETED -> new Ended(ending.completed(run), List.of());
            case STOPPED -> new Ended(ending.stopped(run), List.of());
            case FAILED, STARTING, STARTED, STOPPING, ABANDONED, UNKNOWN -> {
                Throwable cause = RunEnding.cause(execution);
                // Partitions that ended because of a guard may have met other things on their way out.
                if (tripped != null && !(cause instanceof LeaseLost)) {
                    yield new Ended(ending.failed(run, tripped), run.analysis() ? List.of() : tripped.excesses());
                }
                yield new Ended(
                        prepared.isStopping() ? ending.stoppedBy(run, cause) : ending.failed(run, cause), List.of());
            }
        };
    }

    private static JobParameters parameters(Run run) {
        return new JobParametersBuilder().addString("run", run.id()).toJobParameters();
    }

    /** A process that died leaves its batch execution behind as if it still worked; our lease says that nobody does. */
    void liftInterrupted(Mapping mapping, Run run) {
        JobInstance instance = engine.repository().getJobInstance(ReconciliationJob.name(mapping), parameters(run));
        if (instance == null) {
            return;
        }
        JobExecution last = engine.repository().getLastJobExecution(instance);
        if (last == null) {
            // It died between the two transactions that begin a job; the framework refuses to go on with the one alone.
            engine.repository().deleteJobInstance(instance);
            return;
        }
        if (last.isRunning() || last.getStatus() == BatchStatus.UNKNOWN) {
            operator.recover(last);
        }
        // A step whose end could not be written down keeps the framework from starting it again.
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
                engine.repository().update(step);
            }
        }
    }

    /** Removes what the batch framework keeps of a run. */
    void forget(Mapping mapping, Run run) {
        JobInstance instance = engine.repository().getJobInstance(ReconciliationJob.name(mapping), parameters(run));
        if (instance != null) {
            engine.repository().deleteJobInstance(instance);
        }
    }

    /** Closes a run whose process is gone; {@code also} is the last thing that the transaction does. */
    void closeAsDead(Run run, String message, Runnable also) {
        Runs.Ending ending = new Runs.Ending(
                RunState.FAILED,
                Stage.COMPLETED_FAILED,
                RunCondition.LEASE_EXPIRED,
                message,
                engine.reader().counts(run.id(), null),
                clock.instant());
        engine.transaction().executeWithoutResult(status -> {
            engine.runs().close(run.id(), ending);
            also.run();
        });
    }
}
