package dev.concord.testing.fault;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * A real transaction manager whose commits go wrong as planned. As the listener of a run it knows which commits are
 * those of the run's pages, and of which phase. Safe for use by several threads.
 */
public final class FaultyTransactions implements PlatformTransactionManager, RunListener {

    private final PlatformTransactionManager transactions;
    private final FaultPlan all;
    private final Map<Phase, FaultPlan> pages;
    private final ThreadLocal<@Nullable Phase> page = new ThreadLocal<>();

    /**
     * @param all counts every commit of whatever transaction
     * @param pages count the commits of pages, by phase
     */
    public FaultyTransactions(PlatformTransactionManager transactions, FaultPlan all, Map<Phase, FaultPlan> pages) {
        this.transactions = transactions;
        this.all = all;
        this.pages = Map.copyOf(pages);
    }

    /** The page's transaction is about to commit, in the calling thread. */
    @Override
    public void committed(Run run, Phase phase, Counts counts) {
        page.set(phase);
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return transactions.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        if (!status.isNewTransaction()) {
            transactions.commit(status);
            return;
        }
        Phase phase = page.get();
        page.remove();
        FaultPlan pagePlan = phase == null ? new FaultPlan() : pages.getOrDefault(phase, new FaultPlan());
        int call = all.begin(Operation.COMMIT);
        int pageCall = pagePlan.begin(Operation.COMMIT);
        transactions.commit(status);
        pagePlan.end(Operation.COMMIT, pageCall);
        all.end(Operation.COMMIT, call);
    }

    @Override
    public void rollback(TransactionStatus status) {
        page.remove();
        transactions.rollback(status);
    }
}
