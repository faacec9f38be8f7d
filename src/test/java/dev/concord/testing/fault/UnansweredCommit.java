package dev.concord.testing.fault;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A platform database that loses its answer to the commit of one page, and commits only once the same thread begins its
 * next transaction: whoever asked in between whether the page is committed was told no. To be the listener of the run,
 * too, which has one thread.
 */
public final class UnansweredCommit implements RunListener {

    private final int page;
    private final Runnable onceCommitted;
    private int pages;
    private boolean atCommit;
    private @Nullable Thread worker;
    private @Nullable Connection pending;

    /**
     * @param page which commit of a page is not answered, from 1
     * @param onceCommitted done right after that commit has happened, in the thread that works on the page
     */
    public UnansweredCommit(int page, Runnable onceCommitted) {
        this.page = page;
        this.onceCommitted = onceCommitted;
    }

    /** Puts it before a database. */
    public DataSource before(DataSource database) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                return unanswered(super.getConnection());
            }
        };
    }

    /** Whether what was to go wrong went wrong. */
    public boolean happened() {
        return pages >= page && pending == null;
    }

    @Override
    public void committed(Run run, Phase phase, Counts counts) {
        atCommit = ++pages == page;
        worker = Thread.currentThread();
    }

    private Connection unanswered(Connection connection) {
        boolean[] given = {true};
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean mine = Thread.currentThread() == worker;
                    if (mine && atCommit && method.getName().equals("commit")) {
                        atCommit = false;
                        pending = connection;
                        given[0] = false;
                        throw new SQLException("The answer to a commit is lost, as the test wants it.", "08007");
                    }
                    if (mine && method.getName().equals("setAutoCommit") && Boolean.FALSE.equals(arguments[0])) {
                        commitPending();
                    }
                    try {
                        return given[0] || method.getReturnType() != void.class
                                ? method.invoke(connection, arguments)
                                : null;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void commitPending() throws SQLException {
        Connection committing = pending;
        pending = null;
        if (committing != null) {
            committing.commit();
            committing.close();
            onceCommitted.run();
        }
    }
}
