package dev.concord.run;

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
import dev.concord.recon.PreparedRun;
import dev.concord.recon.ReconciliationJob;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
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
            Runs.Ending ending = run(run, mapping, definitions, lease, heartbeat, listener);
            close(run, lease, told(run, mapping, definitions, lease, ending));
            if (ending.state() == RunState.SUCCESS) {
                SnapshotFolder.remove(home.snapshots(run.id()));
            }
            Run ended = engine.runs().find(run.id()).orElseThrow();
            listener.ended(ended);
            return ended;
        } catch (DataAccessException | TransactionException trouble) {
            throw new RunCutOff(run.id(), trouble);
        }
    }

    private Runs.Ending run(
            Run run, Mapping mapping, Definitions definitions, Lease lease, Heartbeat heartbeat, RunListener listener) {
        try (PreparedRun prepared =
                engine.prepare(run, definitions, mapping, lease, home.snapshots(run.id()), listener)) {
            heartbeat.stopBy(prepared::stop);
            prepared.leaseIsHeldWhile(heartbeat::isHeld);
            return worked(run, prepared);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("The batch job of run " + run.id() + " could not be started.", e);
        } catch (RuntimeException e) {
            return failed(run, e);
        }
    }

    private Runs.Ending worked(Run run, PreparedRun prepared) throws JobExecutionException {
        try {
            return ending(run, operator.start(prepared.job(), parameters(run)));
        } catch (DataAccessException | TransactionException lost) {
            throw prepared.causeOf(lost);
        }
    }

    private Runs.Ending failed(Run run, RuntimeException cause) {
        try {
            return new RunEnding(engine.reader(), clock).failed(run, cause);
        } catch (DataAccessException | TransactionException lost) {
            boolean ofDatabase = cause instanceof DataAccessException || cause instanceof TransactionException;
            throw new RunCutOff(run.id(), ofDatabase ? cause : lost);
        }
    }

    /** Only whoever holds the lease says how the run ended. */
    private void close(Run run, Lease lease, Runs.Ending ending) {
        engine.transaction().executeWithoutResult(status -> {
            engine.runs().close(run.id(), ending);
            engine.leases().check(lease);
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
    void liftInterrupted(Mapping mapping, Run run) {
        JobInstance instance = engine.repository().getJobInstance(ReconciliationJob.name(mapping), parameters(run));
        JobExecution last = instance == null ? null : engine.repository().getLastJobExecution(instance);
        if (last == null) {
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

    /** Closes a run whose process is gone. */
    void closeAsDead(Run run, String message) {
        Runs.Ending ending = new Runs.Ending(
                RunState.FAILED,
                Stage.COMPLETED_FAILED,
                RunCondition.LEASE_EXPIRED,
                message,
                engine.reader().counts(run.id(), null),
                clock.instant());
        engine.transaction().executeWithoutResult(status -> engine.runs().close(run.id(), ending));
    }
}
