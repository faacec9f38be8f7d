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
 * those of the run's pages, and of which phase; others it knows by the methods that they surround. Safe for use by
 * several threads.
 */
public final class FaultyTransactions implements PlatformTransactionManager, RunListener {

    private final PlatformTransactionManager transactions;
    private final FaultPlan all;
    private final Map<Phase, FaultPlan> pages;
    private final Map<String, FaultPlan> methods;
    private final ThreadLocal<@Nullable Phase> page = new ThreadLocal<>();

    /**
     * @param all counts every commit of whatever transaction
     * @param pages count the commits of pages, by phase
     * @param methods count the commits around methods that declare to be transactional, by the method's simple name
     */
    public FaultyTransactions(
            PlatformTransactionManager transactions,
            FaultPlan all,
            Map<Phase, FaultPlan> pages,
            Map<String, FaultPlan> methods) {
        this.transactions = transactions;
        this.all = all;
        this.pages = Map.copyOf(pages);
        this.methods = Map.copyOf(methods);
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
        FaultPlan methodPlan = methods.getOrDefault(method(status), new FaultPlan());
        int call = all.begin(Operation.COMMIT);
        int pageCall = pagePlan.begin(Operation.COMMIT);
        int methodCall = methodPlan.begin(Operation.COMMIT);
        transactions.commit(status);
        methodPlan.end(Operation.COMMIT, methodCall);
        pagePlan.end(Operation.COMMIT, pageCall);
        all.end(Operation.COMMIT, call);
    }

    /** The framework calls a transaction after the method that it surrounds, with the name of its class. */
    private static String method(TransactionStatus status) {
        String name = status.getTransactionName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public void rollback(TransactionStatus status) {
        page.remove();
        transactions.rollback(status);
    }
}
