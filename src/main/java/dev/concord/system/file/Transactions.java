package dev.concord.system.file;

import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of the platform database.
 *
 * @param joined the one that is bound to the thread, or a new one where there is none
 * @param own a new one, whatever is bound to the thread
 */
record Transactions(TransactionTemplate joined, TransactionTemplate own) {

    static Transactions of(DataSource platform) {
        JdbcTransactionManager manager = new JdbcTransactionManager(platform);
        return new Transactions(
                template(manager, TransactionDefinition.PROPAGATION_REQUIRED),
                template(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    }

    private static TransactionTemplate template(JdbcTransactionManager manager, int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return template;
    }
}
