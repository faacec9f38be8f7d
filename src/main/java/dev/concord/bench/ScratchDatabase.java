package dev.concord.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** An empty platform database to measure on, made for the benchmarks and removed after them. */
sealed interface ScratchDatabase {

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
        if (this instanceof Embedded) {
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
            return new Embedded(home);
        }
        if (!address.startsWith("jdbc:mysql://")) {
            throw new IllegalArgumentException("Benchmarks run on h2 or on a JDBC URL like"
                    + " jdbc:mysql://127.0.0.1:3306/?user=bench. Give one of these as --db.");
        }
        return new Server(address, username, password);
    }

    /** H2 in a file of a home, opened just as the product opens it. */
    record Embedded(Path home) implements ScratchDatabase {

        /** As in application.yaml. */
        static final String SETTINGS = ";WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0";

        /** Rows come while the query still works; otherwise H2 would gather them all first, beyond some in a file. */
        private static final String STREAMING = ";LAZY_QUERY_EXECUTION=1";

        private static final int ROWS_AHEAD = 1000;

        @Override
        public String label() {
            return "h2";
        }

        @Override
        public Connection connect() throws SQLException {
            return opened(
                    "jdbc:h2:file:" + home.toAbsolutePath() + "/data/concord" + SETTINGS + STREAMING, new Properties());
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public int streamingFetchSize() {
            return ROWS_AHEAD;
        }

        @Override
        public String quoted(String name) {
            return "\"" + name + "\"";
        }

        @Override
        public String text(boolean value) {
            return value ? "TRUE" : "FALSE";
        }

        @Override
        public void create() {}

        @Override
        public void drop() {}
    }

    /** A database of its own on a MySQL server. */
    record Server(
            String address,
            @Nullable String username,
            @Nullable String password) implements ScratchDatabase {

        @Override
        public String label() {
            return "mysql";
        }

        @Override
        public Connection connect() throws SQLException {
            return opened(url(NAME), login(Map.of("rewriteBatchedStatements", "true")));
        }

        @Override
        public Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("SPRING_DATASOURCE_URL", url(NAME));
            if (username != null) {
                environment.put("SPRING_DATASOURCE_USERNAME", username);
            }
            if (password != null) {
                environment.put("SPRING_DATASOURCE_PASSWORD", password);
            }
            return environment;
        }

        @Override
        public int streamingFetchSize() {
            return Integer.MIN_VALUE;
        }

        @Override
        public String quoted(String name) {
            return "`" + name + "`";
        }

        @Override
        public String text(boolean value) {
            return value ? "1" : "0";
        }

        @Override
        public void create() throws SQLException {
            onServer("drop database if exists " + NAME, "create database " + NAME + " character set utf8mb4");
        }

        @Override
        public void drop() throws SQLException {
            onServer("drop database if exists " + NAME);
        }

        private void onServer(String... statements) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url(""), login(Map.of()));
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        /** The address with another database in its path. */
        private String url(String database) {
            int query = address.indexOf('?');
            String settings = query < 0 ? "" : address.substring(query);
            String path = query < 0 ? address : address.substring(0, query);
            int slash = path.indexOf('/', "jdbc:mysql://".length());
            return (slash < 0 ? path : path.substring(0, slash)) + "/" + database + settings;
        }

        private Properties login(Map<String, String> more) {
            Properties properties = new Properties();
            properties.putAll(more);
            if (username != null) {
                properties.put("user", username);
            }
            if (password != null) {
                properties.put("password", password);
            }
            return properties;
        }
    }

    private static Connection opened(String url, Properties properties) throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        return connection;
    }
}
