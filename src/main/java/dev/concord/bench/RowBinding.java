package dev.concord.bench;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Fills the parameters of inserts with people, in the form in which the product writes them. */
final class RowBinding {

    private RowBinding() {}

    static void bindSource(PreparedStatement statement, long person) throws SQLException {
        statement.setString(1, BenchmarkData.sourceId(person));
        bindValues(statement, BenchmarkData.values(person, 0));
    }

    static void bindTarget(PreparedStatement statement, long person) throws SQLException {
        statement.setString(1, BenchmarkData.targetId(person));
        bindValues(statement, BenchmarkData.values(person, 0));
    }

    static void bindLink(PreparedStatement statement, long person) throws SQLException {
        bindLink(statement, BenchmarkData.sourceId(person), BenchmarkData.targetId(person));
    }

    static void bindLink(PreparedStatement statement, String source, String target) throws SQLException {
        statement.setBytes(1, key(source));
        statement.setString(2, ScratchHome.MAPPING);
        statement.setString(3, "default");
        statement.setBytes(4, key(target));
        statement.setString(5, source);
        statement.setString(6, target);
        statement.setInt(7, 0);
    }

    private static void bindValues(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 2, values[i]);
        }
    }

    /** An id as links keep it. */
    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
