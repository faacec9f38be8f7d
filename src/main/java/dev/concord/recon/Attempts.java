package dev.concord.recon;

import dev.concord.system.SystemUnavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does pieces of work that can be repeated as a whole, several times when databases or systems make trouble, with
 * growing pauses. No record is blamed for such trouble; when it does not pass, the run fails and can be continued.
 * Belongs to one thread.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration NAP = Duration.ofMillis(50);

    private final RunContext context;
    private final TransactionTemplate unbound;
    private int again;

    Attempts(RunContext context) {
        this.context = context;
        this.unbound = unbound();
    }

    /**
     * What is read inside of the framework's own transaction binds its connection to the thread until that ends, so
     * that an attempt that lost the connection would hand it to the next one. Here nothing is bound.
     */
    private static TransactionTemplate unbound() {
        ResourcelessTransactionManager transactions = new ResourcelessTransactionManager();
        transactions.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
        return new TransactionTemplate(transactions);
    }

    /**
     * @param work gets the number of the attempt, from 0
     * @throws RuntimeException the trouble of the last attempt
     * @throws dev.concord.ledger.LeaseLost when the lease cannot be relied on any more
     */
    <T extends @Nullable Object> T repeat(IntFunction<T> work) {
        long start = System.nanoTime();
        int attempt = 0;
        while (true) {
            throwIfGivenUp();
            try {
                context.memory().checkLease();
                return once(work, attempt);
            } catch (SystemUnavailable | DataAccessException | TransactionException trouble) {
                attempt++;
                if (!isWorthRepeating(trouble, attempt, start)) {
                    throw givenUp(trouble, attempt);
                }
                tell(trouble);
                pause(attempt - 1);
                if (!isWorthRepeating(trouble, attempt, start)) {
                    throw givenUp(trouble, attempt);
                }
                again++;
            }
        }
    }

    /** Each part of a run would find out for itself in as many minutes that a silent database does not answer. */
    private void throwIfGivenUp() {
        RuntimeException given = context.memory().givenUp;
        if (given != null) {
            throw new DataAccessResourceFailureException("The platform database was given up.", given);
        }
    }

    private RuntimeException givenUp(RuntimeException trouble, int attempts) {
        if (attempts > 1 && !(trouble instanceof SystemUnavailable) && Trouble.of(trouble) == Trouble.BROKEN) {
            context.memory().givenUp = trouble;
        }
        return trouble;
    }

    @SuppressWarnings("NullAway") // What the work answers is what comes out.
    private <T extends @Nullable Object> T once(IntFunction<T> work, int attempt) {
        return unbound.execute(status -> work.apply(attempt));
    }

    /** How often something was done again since {@link #forget}. */
    int soFar() {
        return again;
    }

    /** What was counted so far is written down. */
    void forget() {
        again = 0;
    }

    /** Something was done again for another reason. */
    void count() {
        again++;
    }

    private boolean isWorthRepeating(RuntimeException trouble, int done, long start) {
        Patience patience = context.patience();
        if (done >= patience.attempts() || context.memory().failing) {
            return false;
        }
        return switch (Trouble.of(trouble)) {
            case CONFLICT -> true;
            case BROKEN ->
                !context.memory().stopping
                        && (done < 2
                                || System.nanoTime() - start < patience.within().toNanos());
            case LASTING -> false;
        };
    }

    private void tell(RuntimeException trouble) {
        if (context.memory().firstTrouble == null && Trouble.of(trouble) != Trouble.CONFLICT) {
            context.memory().firstTrouble = trouble;
        }
        String told = Trouble.told(trouble);
        if (context.memory().isToBeTold(told)) {
            LOG.warn("Run {}: {} It is tried again.", context.run().id(), told);
        }
    }

    /** Ends early when the run does. */
    private void pause(int attempt) {
        long most = context.patience().pauseAfter(attempt).toNanos();
        long end = System.nanoTime() + most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        while (System.nanoTime() < end && !context.memory().isEnding()) {
            LockSupport.parkNanos(Math.min(NAP.toNanos(), Math.max(1, end - System.nanoTime())));
        }
    }
}
