package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One transaction at a time writes into an H2 database in a file; everything else goes on beside it. */
class OneWriterDriverTest {

    @TempDir
    Path folder;

    @BeforeEach
    void table() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("create table person (id int primary key)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback", "close", "autocommit"})
    void aSecondWriterWaitsUntilTheFirstHasEnded(String end) throws Exception {
        try (Connection first = open();
                Connection second = open()) {
            first.setAutoCommit(false);
            insert(first, 1);
            FutureTask<Integer> other = waiting(second, 2);
            assertThat(count(second)).as("Reading goes on.").isZero();
            assertThat(other.isDone()).isFalse();
            switch (end) {
                case "commit" -> first.commit();
                case "rollback" -> first.rollback();
                case "close" -> first.close();
                default -> first.setAutoCommit(true);
            }
            assertThat(other.get()).isEqualTo(1);
        }
    }

    @Test
    void aThreadMayHaveSeveralTransactionsThatWrite() throws SQLException {
        try (Connection outer = open();
                Connection inner = open()) {
            outer.setAutoCommit(false);
            inner.setAutoCommit(false);
            insert(outer, 1);
            insert(inner, 2);
            inner.commit();
            outer.commit();
            assertThat(count(outer)).isEqualTo(2);
        }
    }

    @Test
    void goingBackToASavepointKeepsTheTurn() throws Exception {
        try (Connection first = open();
                Connection second = open()) {
            first.setAutoCommit(false);
            insert(first, 1);
            first.rollback(first.setSavepoint());
            FutureTask<Integer> other = waiting(second, 2);
            assertThat(other.isDone()).isFalse();
            first.commit();
            assertThat(other.get()).isEqualTo(1);
        }
    }

    @Test
    void aStatementThatFailsOutsideATransactionGivesTheTurnBack() throws Exception {
        try (Connection first = open();
                Connection second = open()) {
            insert(first, 1);
            assertThatThrownBy(() -> insert(first, 1)).isInstanceOf(SQLException.class);
            FutureTask<Integer> other = new FutureTask<>(() -> insert(second, 2));
            Thread.ofPlatform().start(other);
            assertThat(other.get()).isEqualTo(1);
        }
    }

    @Test
    void readingToChangeIsWriting() throws Exception {
        try (Connection first = open();
                Connection second = open()) {
            first.setAutoCommit(false);
            try (Statement statement = first.createStatement()) {
                statement.executeQuery("select id from person\nfor update").close();
            }
            FutureTask<Integer> other = waiting(second, 2);
            assertThat(other.isDone()).isFalse();
            first.commit();
            assertThat(other.get()).isEqualTo(1);
        }
    }

    @Test
    void databasesInMemoryNeedNoTurn() throws SQLException {
        try (Connection connection = connect("jdbc:h2:mem:")) {
            assertThat(Proxy.isProxyClass(connection.getClass())).isFalse();
        }
    }

    /** A writer that has been seen to wait. */
    private static FutureTask<Integer> waiting(Connection connection, int id) {
        FutureTask<Integer> task = new FutureTask<>(() -> insert(connection, id));
        Thread thread = Thread.ofPlatform().start(task);
        while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static int insert(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("insert into person values (" + id + ")");
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from person")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Connection open() throws SQLException {
        return connect("jdbc:h2:file:" + folder.resolve("house") + ";WRITE_DELAY=0");
    }

    private static Connection connect(String url) throws SQLException {
        Properties user = new Properties();
        user.put("user", "sa");
        user.put("password", "");
        return Objects.requireNonNull(new OneWriterDriver().connect(url, user));
    }
}
