package dev.concord.system.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * How long a database may be silent. What the database's URL says itself goes before.
 *
 * @param connect for opening a connection; three times as long for getting one from the pool
 * @param call for the next piece of an answer; ten times as long for counting, cutting a table into ranges and setting
 *     one up, which legitimately say nothing for long
 */
public record CallLimits(Duration connect, Duration call) {

    private static final int ACQUIRE = 3;
    private static final int SLOW = 10;
    private static final long LEAST_OF_POOL_MILLIS = 250;
    private static final long LEAST_KEEPALIVE_MILLIS = 30_000;

    /** Sets the limits for a pool that is not open yet, unless its URL has such parameters. */
    public void limit(HikariConfig pool) {
        set(pool, false);
    }

    /** Sets the limits for a pool that is not open yet, whatever its URL says. */
    public void tighten(HikariConfig pool) {
        set(pool, true);
    }

    private void set(HikariConfig pool, boolean always) {
        String url = pool.getJdbcUrl() == null ? "" : pool.getJdbcUrl();
        String known = url.toLowerCase(Locale.ROOT);
        parameters(known).forEach((name, value) -> {
            if (always) {
                pool.setJdbcUrl(without(pool.getJdbcUrl(), name));
                pool.addDataSourceProperty(name, value);
            } else if (!known.contains(name.toLowerCase(Locale.ROOT) + "=")
                    && !pool.getDataSourceProperties().containsKey(name)) {
                pool.addDataSourceProperty(name, value);
            }
        });
        if (always || pool.getConnectionTimeout() == new HikariConfig().getConnectionTimeout()) {
            pool.setConnectionTimeout(Math.max(LEAST_OF_POOL_MILLIS, connect.toMillis() * ACQUIRE));
        }
        pool.setValidationTimeout(
                Math.min(pool.getConnectionTimeout(), Math.max(LEAST_OF_POOL_MILLIS, connect.toMillis())));
    }

    private static String without(String url, String parameter) {
        return url.replaceAll("(?i)([?&;])" + parameter + "=[^&;]*", "$1");
    }

    /** How the drivers spell it. */
    private Map<String, String> parameters(String url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")) {
            parameters.put("connectTimeout", String.valueOf(connect.toMillis()));
            parameters.put("socketTimeout", String.valueOf(call.toMillis()));
        } else if (url.startsWith("jdbc:postgresql:")) {
            parameters.put("connectTimeout", String.valueOf(seconds(connect)));
            parameters.put("socketTimeout", String.valueOf(seconds(call)));
            parameters.put("tcpKeepAlive", "true");
        }
        return parameters;
    }

    private static long seconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }

    /** H2's driver waits for ever; the database itself ends statements that take too long. */
    void limitStatementsOfH2(HikariConfig pool) {
        String url = String.valueOf(pool.getJdbcUrl()).toLowerCase(Locale.ROOT);
        if (url.startsWith("jdbc:h2:") && !url.contains("query_timeout=")) {
            pool.setConnectionInitSql("set query_timeout " + slow(call.toMillis()));
        }
    }

    /**
     * Has a database of MySQL's family roll back and forget a client that did not ask for anything for so long: the
     * open transaction of a process that is paused, or cut off, would keep its rows locked for everybody else.
     */
    public static void endIdleSessions(HikariConfig pool, Duration idle) {
        String url = String.valueOf(pool.getJdbcUrl()).toLowerCase(Locale.ROOT);
        if ((url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:"))
                && pool.getConnectionInitSql() == null
                && !url.matches(".*[^_]wait_timeout=.*")) {
            pool.setConnectionInitSql("set session wait_timeout = " + seconds(idle));
            pool.setKeepaliveTime(Math.max(LEAST_KEEPALIVE_MILLIS, idle.toMillis() / 2));
        }
    }

    /** The same connections, which may be silent for as long as they like. */
    public static DataSource without(DataSource limited) {
        return new DelegatingDataSource(limited) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                if (networkTimeout(connection) > 0) {
                    connection.setNetworkTimeout(Runnable::run, 0);
                }
                return connection;
            }
        };
    }

    /** Does something that may take ten times as long as others before the database says a word. */
    static <T extends @Nullable Object> T extended(Connection connection, Database.Work<T> work) throws SQLException {
        int usual = networkTimeout(connection);
        if (usual == 0) {
            return work.on(connection);
        }
        connection.setNetworkTimeout(Runnable::run, slow(usual));
        try {
            return work.on(connection);
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }

    private static int slow(long millis) {
        return (int) Math.min(Integer.MAX_VALUE, millis * SLOW);
    }

    /** 0 where there is no limit, or none that can be changed. */
    private static int networkTimeout(Connection connection) throws SQLException {
        try {
            return connection.getNetworkTimeout();
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            return 0;
        }
    }
}
