package dev.concord.system.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A statement with the values of its question marks. */
record Statement(String sql, List<Binder> binders) {

    /** Runs a select and hands its rows over. */
    <T> T rows(Connection connection, Rows<T> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, binders);
            try (ResultSet result = statement.executeQuery()) {
                return rows.of(result);
            }
        }
    }

    static void update(Connection connection, String sql, List<? extends Binder> binders) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, binders);
            statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, List<? extends Binder> binders) throws SQLException {
        for (int i = 0; i < binders.size(); i++) {
            binders.get(i).bind(statement, i + 1);
        }
    }

    @FunctionalInterface
    interface Rows<T> {
        T of(ResultSet rows) throws SQLException;
    }
}
