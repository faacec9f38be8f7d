package dev.concord.run;

import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.recon.ForgottenEntries;
import dev.concord.recon.GuardTripped;
import dev.concord.recon.RunHookFailure;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import dev.concord.system.jdbc.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Says how a run ended, in a way that people can act on and that holds no values of records. */
final class RunEnding {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnding.class);

    private final LedgerReader reader;
    private final Clock clock;

    RunEnding(LedgerReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    Runs.Ending completed(Run run) {
        Runs.Ending ending = ending(run, RunState.SUCCESS, Stage.COMPLETED_SUCCESS, null, null);
        long left = ending.totals().get(Measure.UNREPEATABLE);
        return left == 0 ? ending : ending.saying(unrepeatable(run, left));
    }

    private static String unrepeatable(Run run, long left) {
        return left + (left == 1 ? " record" : " records") + " that failed in run "
                + run.parameters().get("failedOf") + " cannot be visited alone, because no id of "
                + (left == 1 ? "it" : "them")
                + " could be read, and " + (left == 1 ? "is" : "are")
                + " not counted as failed here. `./concord report "
                + run.id() + " --text \"cannot be visited alone\"` says which. Mend them in the source; a run over the"
                + " whole source sees them again.";
    }

    Runs.Ending stopped(Run run) {
        return ending(
                run,
                RunState.CANCELED,
                Stage.COMPLETED_CANCELED,
                RunCondition.STOPPED,
                "Stopped. A restart goes on from here.");
    }

    /** Who asked for the stop got it, also when a page ended because nobody waits for a system that does not answer. */
    Runs.Ending stoppedBy(Run run, @Nullable Throwable cause) {
        Runs.Ending failed = failed(run, cause);
        Throwable root = known(cause);
        return root == null || failed.condition() != RunCondition.INFRASTRUCTURE
                ? failed
                : ending(
                        run,
                        RunState.CANCELED,
                        Stage.COMPLETED_CANCELED,
                        RunCondition.STOPPED,
                        "Stopped; a page could not be finished: " + trouble(root) + " A restart goes on from here.");
    }

    Runs.Ending failed(Run run, @Nullable Throwable cause) {
        Throwable root = known(cause);
        return switch (root) {
            case GuardTripped tripped ->
                ending(
                        run,
                        RunState.FAILED,
                        Stage.COMPLETED_FAILED,
                        // There is nothing to approve where nothing would be written.
                        run.analysis() ? null : RunCondition.WAITING_FOR_APPROVAL,
                        tripped.getMessage());
            case LeaseLost lost ->
                ending(run, RunState.FAILED, Stage.COMPLETED_FAILED, RunCondition.LEASE_EXPIRED, lost.getMessage());
            case RunHookFailure failure ->
                ending(run, RunState.FAILED, Stage.COMPLETED_FAILED, null, failure.explained());
            case ForgottenEntries forgotten ->
                ending(run, RunState.FAILED, Stage.COMPLETED_FAILED, null, forgotten.getMessage());
            case UnusableObjectSet unusable ->
                ending(run, RunState.FAILED, Stage.COMPLETED_FAILED, null, unusable.getMessage());
            case SystemUnavailable unavailable -> infrastructure(run, trouble(unavailable));
            case DataAccessException trouble -> infrastructure(run, trouble(trouble));
            case TransactionException trouble -> infrastructure(run, trouble(trouble));
            case null -> ending(run, RunState.FAILED, Stage.COMPLETED_FAILED, null, "Failed for an unknown reason.");
            default -> {
                // A fault of the program, not of the records: the trace belongs into the log.
                LOG.error("Run {} failed.", run.id(), root);
                yield ending(
                        run,
                        RunState.FAILED,
                        Stage.COMPLETED_FAILED,
                        null,
                        "Failed: " + innermost(root).getClass().getSimpleName() + ". The log has the details.");
            }
        };
    }

    /** What made the run fail: of all that its parts threw, what says most. */
    static @Nullable Throwable cause(JobExecution execution) {
        List<Throwable> all = execution.getAllFailureExceptions();
        return all.stream()
                .map(RunEnding::known)
                .filter(RunEnding::saysSomething)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElse(null);
    }

    private Runs.Ending infrastructure(Run run, String message) {
        return ending(
                run,
                RunState.FAILED,
                Stage.COMPLETED_FAILED,
                RunCondition.INFRASTRUCTURE,
                message + " Once that is mended, `./concord restart " + run.id() + "` goes on from where the run was.");
    }

    private Runs.Ending ending(
            Run run, RunState state, Stage stage, @Nullable RunCondition condition, @Nullable String message) {
        return new Runs.Ending(state, stage, condition, message, reader.counts(run.id(), null), clock.instant());
    }

    /** The first cause that says something: the framework wraps what steps throw. */
    private static @Nullable Throwable known(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (saysSomething(t)) {
                return t;
            }
        }
        return cause;
    }

    /** The framework's own exceptions only say that something went wrong. */
    private static Throwable innermost(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private static boolean saysSomething(@Nullable Throwable t) {
        return t instanceof GuardTripped
                || t instanceof LeaseLost
                || t instanceof RunHookFailure
                || t instanceof ForgottenEntries
                || t instanceof UnusableObjectSet
                || t instanceof SystemUnavailable
                || t instanceof DataAccessException
                || t instanceof TransactionException;
    }

    private static String trouble(Throwable root) {
        return root instanceof SystemUnavailable ? String.valueOf(root.getMessage()) : platformFailed(root);
    }

    /** What happened to the platform database, without its own words: they repeat values, its codes do not. */
    static String platformFailed(Throwable trouble) {
        for (Throwable t = trouble; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return "The platform database failed (" + trouble.getClass().getSimpleName() + ", SQL state "
                        + sql.getSQLState() + ", code " + sql.getErrorCode() + "). " + Database.meaning(sql);
            }
        }
        return "The platform database failed (" + trouble.getClass().getSimpleName()
                + "). Check that it runs and can be reached.";
    }
}
