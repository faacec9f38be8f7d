package dev.concord.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.system.jdbc.OneWriterDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A fresh, empty database that belongs to one test class. Closing it lets go of the connections; the server lives until
 * the JVM ends.
 */
public record TestDatabase(Databases kind, String url, String username, String password, HikariDataSource pool)
        implements AutoCloseable {

    public static TestDatabase at(Databases kind, String url, String username, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        OneWriterDriver.drive(pool);
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMaximumPoolSize(12);
        pool.setMinimumIdle(0);
        return new TestDatabase(kind, url, username, password, pool);
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Runs statements one after the other, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
