package dev.concord.recon;

import dev.concord.system.SystemUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What the exceptions of databases and systems mean for the work that met them. */
enum Trouble {
    /** Another transaction was in the way: a deadlock, a lock that was not given free in time. */
    CONFLICT,
    /** Something does not answer, or not as it should: lost connections, time-outs, no connection to be had. */
    BROKEN,
    /** Trying again would meet it again. */
    LASTING;

    static Trouble of(RuntimeException exception) {
        return switch (exception) {
            case SystemUnavailable unavailable -> BROKEN;
            // Somebody else wrote what we write; we should not.
            case OptimisticLockingFailureException overtaken -> LASTING;
            case ConcurrencyFailureException conflict -> CONFLICT;
            case TransientDataAccessException passing -> BROKEN;
            case RecoverableDataAccessException connection -> BROKEN;
            case NonTransientDataAccessResourceException connection -> BROKEN;
            case TransactionException transaction -> BROKEN;
            case DataAccessException other -> isOfServer(sql(other)) ? BROKEN : LASTING;
            default -> LASTING;
        };
    }

    /** What happened, without the words of drivers, which repeat values. */
    static String told(RuntimeException exception) {
        if (exception instanceof SystemUnavailable) {
            return String.valueOf(exception.getMessage());
        }
        SQLException sql = sql(exception);
        return "The platform database failed (" + exception.getClass().getSimpleName()
                + (sql == null ? "" : ", SQL state " + sql.getSQLState() + ", code " + sql.getErrorCode()) + ").";
    }

    private static @Nullable SQLException sql(Throwable exception) {
        if (exception instanceof TransactionSystemException rolledBack && rolledBack.getOriginalException() != null) {
            // Rolling back failed, too; what came before says more.
            return sql(rolledBack.getOriginalException());
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** Whether it is the connection, the server's resources, or somebody who ended the statement. */
    private static boolean isOfServer(@Nullable SQLException sql) {
        if (sql == null) {
            return false;
        }
        String state = sql.getSQLState();
        if (state == null) {
            // No server says so little: the connection was lost before the statement got there.
            return sql.getErrorCode() == 0;
        }
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.equals("70100");
    }
}
