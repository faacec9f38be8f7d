package dev.concord.system.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.SystemDefinition;
import dev.concord.secret.Secret;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * A database that tables are read from and written to. The platform database takes part in the transaction that is
 * bound to the calling thread and reports trouble as {@link DataAccessException}; every other one has connections of
 * its own and reports trouble as {@link SystemUnavailable}, without the database's own words, because these may repeat
 * values. Safe for use by several threads.
 */
public final class Database implements AutoCloseable {

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private final String name;
    private final DataSource dataSource;
    private final boolean platform;

    private Database(String name, DataSource dataSource, boolean platform) {
        this.name = name;
        this.dataSource = dataSource;
        this.platform = platform;
    }

    /** The database that also keeps the links and the ledger. Closing it changes nothing. */
    public static Database platform(DataSource dataSource) {
        return new Database("the platform", dataSource, true);
    }

    /**
     * A database elsewhere. Connections are opened when they are needed first; that is also when secrets are looked up
     * that the system's definition refers to.
     *
     * @param connections how many connections there may be at once
     */
    public static Database elsewhere(SystemDefinition.Jdbc system, int connections) {
        HikariConfig configuration = new HikariConfig();
        CallLimits limits =
                new CallLimits(system.timeouts().connect(), system.timeouts().call());
        try {
            configuration.setJdbcUrl(resolved(system.url()));
            configuration.setUsername(resolved(system.username()));
            configuration.setPassword(resolved(system.password()));
            configuration.setPoolName("concord-" + system.name());
            configuration.setMaximumPoolSize(connections);
            configuration.setMinimumIdle(0);
            configuration.setInitializationFailTimeout(-1);
            OneWriterDriver.drive(configuration);
            limits.limit(configuration);
            limits.limitStatementsOfH2(configuration);
            configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            return new Database("system " + system.name(), new HikariDataSource(configuration), false);
        } catch (IllegalStateException e) {
            throw new SystemUnavailable("System " + system.name() + " cannot be opened: " + e.getMessage(), null);
        } catch (RuntimeException e) {
            // The pool's own message repeats the URL, which may hold a password.
            throw new SystemUnavailable(
                    "System " + system.name() + " cannot be opened: no driver takes its url. Write jdbc:mysql://…,"
                            + " jdbc:mariadb://…, jdbc:postgresql://… or jdbc:h2:…, or add the database's driver.",
                    null);
        }
    }

    /**
     * The rows of a table as an object set. Throws {@link IllegalArgumentException} naming what exists when the table
     * or a column of the layout does not, and when nothing keeps the ids unique.
     */
    public ObjectSet open(TableLayout layout) {
        return new JdbcObjectSet(this, apart(connection -> TableReader.read(connection, layout)));
    }

    /** Whether there is a table of this name. */
    public boolean hasTable(String table) {
        return apart(connection -> TableName.find(connection, table) != null);
    }

    /** The columns of a table by name, without those that records cannot hold; empty when there is no such table. */
    public Map<String, ColumnFacts> columns(String table) {
        return apart(connection -> {
            Map<String, ColumnFacts> columns = new LinkedHashMap<>();
            TableName name = TableName.find(connection, table);
            if (name != null) {
                Dialect dialect = Dialect.of(connection.getMetaData());
                for (RawColumn column : RawColumn.of(connection.getMetaData(), name)) {
                    ColumnType type = column.type(dialect);
                    if (type != null) {
                        columns.put(column.name(), new ColumnFacts(type.attributeType(), column.limit()));
                    }
                }
            }
            return columns;
        });
    }

    /** The names of the indexes of a table. */
    public Set<String> indexes(String table) {
        return apart(connection -> {
            Set<String> names = new HashSet<>();
            TableName name = TableName.find(connection, table);
            if (name != null) {
                try (ResultSet rows = connection
                        .getMetaData()
                        .getIndexInfo(name.catalog(), name.schema(), name.table(), false, true)) {
                    while (rows.next()) {
                        names.add(String.valueOf(rows.getString("INDEX_NAME")));
                    }
                }
            }
            return names;
        });
    }

    /**
     * What a column holds.
     *
     * @param size how many characters or digits fit; 0 when there is no limit worth knowing
     */
    public record ColumnFacts(AttributeType type, int size) {}

    boolean isPlatform() {
        return platform;
    }

    /** Reads something, in the caller's transaction if there is one. */
    <T> T read(Work<T> work) {
        Connection connection = null;
        try {
            connection = connect();
            return work.on(connection);
        } catch (SQLException e) {
            throw trouble("reading", e);
        } finally {
            release(connection);
        }
    }

    /** Reads something that may take long before the first answer, such as a count. */
    <T> T readSlowly(Work<T> work) {
        return read(connection -> CallLimits.extended(connection, work));
    }

    /**
     * Writes something: in the caller's transaction if there is one, else in one of its own, which is committed if
     * {@code isDone} says so about the result. Otherwise it is rolled back, and the result is what {@code undone} makes
     * of it.
     */
    <T> T write(Work<T> work, Predicate<T> isDone, UnaryOperator<T> undone) {
        Connection connection = null;
        try {
            connection = connect();
            if (!connection.getAutoCommit()) {
                return work.on(connection);
            }
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.on(connection);
                if (!isDone.test(result)) {
                    return undone.apply(result);
                }
                connection.commit();
                committed = true;
                return result;
            } finally {
                endTransaction(connection, committed);
            }
        } catch (SQLException e) {
            throw trouble("writing", e);
        } finally {
            release(connection);
        }
    }

    /**
     * Does something on a connection of its own, outside of every transaction: definitions of tables, and questions
     * about them.
     */
    public <T> T apart(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.on(connection);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw trouble("asking for tables", e);
        }
    }

    @Override
    public void close() {
        if (dataSource instanceof HikariDataSource pool && !platform) {
            pool.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private Connection connect() throws SQLException {
        return platform ? DataSourceUtils.doGetConnection(dataSource) : dataSource.getConnection();
    }

    private void release(@Nullable Connection connection) {
        if (platform) {
            DataSourceUtils.releaseConnection(connection, dataSource);
            return;
        }
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // The pool throws it away; what was asked of it was answered.
        }
    }

    private static void endTransaction(Connection connection, boolean done) {
        try {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // A connection that cannot roll back is broken, and the database rolls back by itself.
        }
    }

    RuntimeException trouble(String task, SQLException exception) {
        if (platform) {
            DataAccessException translated = TRANSLATOR.translate(task + " objects", null, exception);
            return translated != null ? translated : new UncategorizedSQLException(task + " objects", null, exception);
        }
        SQLException cause = SqlErrors.deepest(exception);
        return new SystemUnavailable(
                "The database of " + name + " failed while " + task + " ("
                        + cause.getClass().getSimpleName() + ", SQL state " + cause.getSQLState() + ", code "
                        + cause.getErrorCode() + "): " + SqlErrors.meaning(cause),
                null);
    }

    /** What an error of a database means in plain words, and what somebody should look at; a sentence. */
    public static String meaning(SQLException exception) {
        String meaning = SqlErrors.meaning(SqlErrors.deepest(exception));
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
    }

    private static @Nullable String resolved(@Nullable Secret secret) {
        return secret == null ? null : secret.resolve();
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
