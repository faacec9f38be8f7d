package dev.concord.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** An empty platform database to measure on, made for the benchmarks and removed after them. */
sealed interface ScratchDatabase permits EmbeddedDatabase, ServerDatabase {

    /** The database on the server that the benchmarks make and drop. Nothing else is ever touched. */
    String NAME = "concord_bench";

    /** What results call it. */
    String label();

    /** A connection as the floor uses it: with the driver's fastest settings, READ COMMITTED, no automatic commits. */
    Connection connect() throws SQLException;

    /** The environment in which the product finds this database. */
    Map<String, String> environment();

    /** What makes the driver stream a result. */
    int streamingFetchSize();

    /** A name as the managed store's tables spell it. */
    String quoted(String name);

    /** What a truth value is when it is read as text. */
    String text(boolean value);

    void create() throws SQLException;

    void drop() throws SQLException;

    /** What a reader of the results has to know of the database: its version, and the memory it may use for pages. */
    default String facts() throws SQLException {
        try (Connection connection = connect()) {
            DatabaseMetaData meta = connection.getMetaData();
            return meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion() + pageMemory(connection);
        }
    }

    private String pageMemory(Connection connection) throws SQLException {
        if (this instanceof EmbeddedDatabase) {
            return "";
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select @@innodb_buffer_pool_size / 1024 / 1024")) {
            row.next();
            return ", buffer pool of " + row.getLong(1) + " MB";
        }
    }

    /**
     * @param address {@code h2}, or the JDBC URL of a MySQL or MariaDB server, with or without a database
     * @param home where the embedded database lies
     */
    static ScratchDatabase of(String address, Path home, @Nullable String username, @Nullable String password) {
        if (address.equals("h2")) {
            return new EmbeddedDatabase(home);
        }
        if (!address.startsWith("jdbc:mysql://")) {
            throw new IllegalArgumentException("Benchmarks run on h2 or on a JDBC URL like"
                    + " jdbc:mysql://127.0.0.1:3306/?user=bench. Give one of these as --db.");
        }
        return new ServerDatabase(address, username, password);
    }

    /** A connection to an address with READ COMMITTED and no automatic commits. */
    static Connection opened(String url, Properties properties) throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        return connection;
    }
}
