package dev.concord.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.run.SpringBatchTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A platform database with all its tables, set as the product sets it: migrated, READ COMMITTED, each transaction of
 * the template a new one. Closing it lets go of the connections.
 */
public record PlatformDatabase(
        HikariDataSource pool,
        JdbcTemplate jdbc,
        PlatformTransactionManager transactionManager,
        TransactionTemplate transaction)
        implements AutoCloseable {

    /** A fresh one on H2, MariaDB or MySQL. */
    public static PlatformDatabase fresh(Databases kind) {
        return on(kind.fresh());
    }

    /** The tables of the platform beside what is in a database already. */
    public static PlatformDatabase on(TestDatabase database) {
        database.close();
        return at(database.url(), database.username(), database.password());
    }

    /**
     * The database that a JDBC URL of H2, MariaDB or MySQL names; migrations that it has already are not applied again.
     */
    public static PlatformDatabase at(String url, String username, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMaximumPoolSize(20);
        pool.setMinimumIdle(0);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        migrate(pool);
        JdbcTransactionManager transactionManager = new JdbcTransactionManager(pool);
        TransactionTemplate transaction = new TransactionTemplate(transactionManager);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new PlatformDatabase(pool, new JdbcTemplate(pool), transactionManager, transaction);
    }

    public DataSource dataSource() {
        return pool;
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:sql/" + vendor(pool))
                .javaMigrations(new SpringBatchTables())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static String vendor(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
