package dev.concord.acceptance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Writes down each change of a row of {@code person}, where the database is H2. */
public final class ChangeLog implements Trigger {

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        String kind = before == null ? "insert" : after == null ? "delete" : "update";
        Object[] row = after == null ? before : after;
        try (PreparedStatement statement =
                connection.prepareStatement("insert into change_log (kind, mail) values (?, ?)")) {
            statement.setString(1, kind);
            statement.setObject(2, row[2]);
            statement.executeUpdate();
        }
    }
}
