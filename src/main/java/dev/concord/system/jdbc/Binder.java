package dev.concord.system.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A value for a question mark of a statement. */
@FunctionalInterface
interface Binder {

    void bind(PreparedStatement statement, int index) throws SQLException;

    static Binder text(String text) {
        return (statement, index) -> statement.setString(index, text);
    }

    static Binder utf8(String text) {
        return (statement, index) -> statement.setBytes(index, text.getBytes(StandardCharsets.UTF_8));
    }
}
