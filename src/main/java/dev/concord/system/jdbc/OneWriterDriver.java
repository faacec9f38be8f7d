package dev.concord.system.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * H2's driver for a database in a file, with one transaction at a time that writes.
 *
 * <p>H2 saves what all transactions have written whenever one of them commits, table by table and without stopping the
 * others. What is written meanwhile may be saved without the note that would take it back; when the process is killed
 * before the next commit, rows stay that nobody ever committed (h2database issue 2080). With one writer at a time
 * nothing is written during a commit. Reading goes on beside it. Processes that share a database by AUTO_SERVER do not
 * wait for one another. Safe for use by several threads.
 */
public final class OneWriterDriver implements Driver {

    private static final Pattern READS =
            Pattern.compile("(?is)\\s*(select(?!.*\\bfor\\s+update\\b)|values|show|explain|set)\\b.*");

    static {
        try {
            // Pools look among the registered ones first, and warn when it is not there.
            DriverManager.registerDriver(new OneWriterDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Driver h2 = new org.h2.Driver();

    /** Has a pool that is not open yet use this driver, if its database is one that needs it. */
    public static void drive(HikariConfig pool) {
        if (pool.getJdbcUrl() != null && takes(pool.getJdbcUrl())) {
            pool.setDriverClassName(OneWriterDriver.class.getName());
        }
    }

    private static boolean takes(String url) {
        String known = url.toLowerCase(Locale.ROOT);
        return known.startsWith("jdbc:h2:")
                && !known.startsWith("jdbc:h2:mem:")
                && !known.startsWith("jdbc:h2:tcp:")
                && !known.startsWith("jdbc:h2:ssl:");
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = h2.connect(url, properties);
        if (connection == null || !takes(url)) {
            return connection;
        }
        return new Writer(connection, Turn.of(url.replaceAll(";.*", ""))).connection();
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return h2.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return h2.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return h2.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return h2.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return h2.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.h2");
    }

    /** A connection that has the turn from the first statement that writes until its transaction has ended. */
    private static final class Writer {

        private final Connection plain;
        private final Turn turn;
        private final Connection connection;
        private boolean has;

        Writer(Connection plain, Turn turn) {
            this.plain = plain;
            this.turn = turn;
            this.connection = proxy(Connection.class, this::onConnection);
        }

        Connection connection() {
            return connection;
        }

        private @Nullable Object onConnection(Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "createStatement" -> statement(Statement.class, call(method, arguments), null);
                case "prepareStatement" -> statement(PreparedStatement.class, call(method, arguments), sql(arguments));
                case "prepareCall" -> statement(CallableStatement.class, call(method, arguments), sql(arguments));
                case "commit", "setAutoCommit", "close", "abort" -> ending(method, arguments);
                case "rollback" -> arguments == null ? ending(method, null) : call(method, arguments);
                default -> call(method, arguments);
            };
        }

        private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            return invoke(plain, method, arguments);
        }

        private @Nullable Object ending(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return call(method, arguments);
            } finally {
                end();
            }
        }

        private <T extends Statement> T statement(Class<T> type, @Nullable Object made, @Nullable String prepared) {
            boolean reads = reads(prepared);
            return proxy(type, (method, arguments) -> switch (method.getName()) {
                case "getConnection" -> connection;
                case "execute",
                        "executeUpdate",
                        "executeLargeUpdate",
                        "executeQuery",
                        "executeBatch",
                        "executeLargeBatch" ->
                    reads || reads(sql(arguments)) ? invoke(made, method, arguments) : writing(made, method, arguments);
                default -> invoke(made, method, arguments);
            });
        }

        private static boolean reads(@Nullable String sql) {
            return sql != null && READS.matcher(sql).matches();
        }

        private @Nullable Object writing(@Nullable Object statement, Method method, Object @Nullable [] arguments)
                throws Throwable {
            if (!has) {
                has = turn.take();
            }
            try {
                return invoke(statement, method, arguments);
            } finally {
                if (plain.isClosed() || plain.getAutoCommit()) {
                    end();
                }
            }
        }

        private void end() {
            if (has) {
                has = false;
                turn.giveBack();
            }
        }

        private static @Nullable String sql(Object @Nullable [] arguments) {
            return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : null;
        }
    }

    private interface Call {
        @Nullable
        Object on(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                OneWriterDriver.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    private static @Nullable Object invoke(@Nullable Object on, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
