package dev.concord.recon;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.mapping.Performance;
import java.sql.DatabaseMetaData;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many partitions of a run work at the same time: as many as were asked for, if there are connections for them.
 * Nobody shall wait for a connection that another one holds who waits for a second one.
 */
final class WorkingThreads {

    private static final Logger LOG = LoggerFactory.getLogger(WorkingThreads.class);

    /** The page's transaction, and what is read or noted beside it. */
    private static final int CONNECTIONS_EACH = 2;

    /** The heartbeat, the framework, and those who ask how the run is doing. */
    private static final int CONNECTIONS_BESIDE = 4;

    /**
     * What the pool has where nobody set it: enough for the usual ten threads. One made smaller was made so on purpose.
     */
    private static final int USUAL_POOL = 24;

    /** What PingIDM's default is; more hardly ever pays. */
    private static final int MOST_OF_ITSELF = 10;

    /** While one waits for a database, another one may work. */
    private static final int FOR_EACH_PROCESSOR = 2;

    private WorkingThreads() {}

    /**
     * How many threads a mapping asks for, or what suits this machine when it does not: 0 for one in the source's
     * order.
     */
    static int wanted(Performance performance) {
        int processors = Runtime.getRuntime().availableProcessors();
        return performance.taskThreads().orElse(Math.min(MOST_OF_ITSELF, FOR_EACH_PROCESSOR * processors));
    }

    /**
     * How many threads a run gets that asks for some. The pool grows with them where it may: up to half of the
     * connections that a server takes, and never when it was set to fewer than usual.
     */
    static int of(JdbcTemplate jdbc, int wanted) {
        if (wanted < 2 || !(jdbc.getDataSource() instanceof HikariDataSource pool)) {
            return wanted;
        }
        int needed = CONNECTIONS_EACH * wanted + CONNECTIONS_BESIDE;
        int size = pool.getMaximumPoolSize();
        if (needed > size && size >= USUAL_POOL) {
            size = Math.max(size, Math.min(needed, mostConnections(jdbc)));
            pool.setMaximumPoolSize(size);
        }
        int threads = Math.clamp((size - CONNECTIONS_BESIDE) / CONNECTIONS_EACH, 1, wanted);
        if (threads < wanted) {
            LOG.warn(
                    "The mapping asks for {} threads (taskThreads), but {} connections to the platform database are"
                            + " enough for {}. For more, set spring.datasource.hikari.maximum-pool-size to {}.",
                    wanted,
                    size,
                    threads,
                    needed);
        }
        return threads;
    }

    private static int mostConnections(JdbcTemplate jdbc) {
        Boolean server = jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            DatabaseMetaData metadata = connection.getMetaData();
            String product = metadata.getDatabaseProductName().toLowerCase(Locale.ROOT);
            return product.contains("mysql") || product.contains("mariadb");
        });
        if (!Boolean.TRUE.equals(server)) {
            return Integer.MAX_VALUE;
        }
        Integer most = jdbc.queryForObject("select @@max_connections", Integer.class);
        return most == null ? USUAL_POOL : most / 2;
    }
}
