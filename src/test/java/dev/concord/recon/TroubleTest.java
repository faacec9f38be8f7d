package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.system.SystemUnavailable;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class TroubleTest {

    @Test
    void otherTransactionsAreAConflict() {
        assertThat(Trouble.of(translated(new SQLTransactionRollbackException("deadlock", "40001", 1213))))
                .isEqualTo(Trouble.CONFLICT);
    }

    @Test
    void whateverDoesNotAnswerIsBroken() {
        assertThat(new RuntimeException[] {
                    translated(new SQLRecoverableException("gone", "08S01", 0)),
                    translated(new SQLNonTransientConnectionException("gone", "08003", 0)),
                    translated(new SQLTimeoutException("late", "57014", 57014)),
                    new UncategorizedSQLException("reading", null, new SQLException("killed", "70100", 1317)),
                    new UncategorizedSQLException("reading", null, new SQLException("full", "53300", 0)),
                    new CannotGetJdbcConnectionException("none free", new SQLException("none", "08001", 0)),
                    new CannotCreateTransactionException("none"),
                    new TransactionSystemException("commit"),
                    new SystemUnavailable("down", null)
                })
                .allSatisfy(trouble -> assertThat(Trouble.of(trouble)).isEqualTo(Trouble.BROKEN));
    }

    @Test
    void whatIsWrongWithDataOrStatementsStaysSo() {
        assertThat(new RuntimeException[] {
                    new DataIntegrityViolationException("too long"),
                    new OptimisticLockingFailureException("somebody else wrote it"),
                    translated(new SQLException("no such table", "42S02", 1146)),
                    new IllegalStateException()
                })
                .allSatisfy(trouble -> assertThat(Trouble.of(trouble)).isEqualTo(Trouble.LASTING));
    }

    @Test
    void whatIsToldHoldsCodesAndNoWordsOfDrivers() {
        TransactionSystemException rolledBack = new TransactionSystemException("roll back");
        rolledBack.initApplicationException(translated(new SQLRecoverableException("secret", "08S01", 7)));

        assertThat(Trouble.told(rolledBack))
                .contains("platform database", "08S01", "code 7")
                .doesNotContain("secret");
        assertThat(Trouble.told(new SystemUnavailable("System crm is down.", null)))
                .isEqualTo("System crm is down.");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        Patience patience = new Patience(8, Duration.ofSeconds(60), Duration.ofSeconds(1));

        assertThat(IntStream.of(0, 1, 2, 3, 4, 70)
                        .mapToLong(attempt -> patience.pauseAfter(attempt).toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    private static DataAccessException translated(SQLException exception) {
        DataAccessException translated = new SQLExceptionSubclassTranslator().translate("test", null, exception);
        return translated != null ? translated : new UncategorizedSQLException("test", null, exception);
    }
}
