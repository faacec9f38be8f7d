package dev.concord.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A database of its own on a MySQL server. */
record ServerDatabase(
        String address, @Nullable String username, @Nullable String password) implements ScratchDatabase {

    @Override
    public String label() {
        return "mysql";
    }

    @Override
    public Connection connect() throws SQLException {
        return ScratchDatabase.opened(url(NAME), login(Map.of("rewriteBatchedStatements", "true")));
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
