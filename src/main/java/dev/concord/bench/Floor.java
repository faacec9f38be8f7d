package dev.concord.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least that anybody would have to do, in plain JDBC on one thread: stream what there is to read, once and with the
 * driver's fastest settings, and write what there is to write in batches.
 */
final class Floor {

    /** As many rows as the product commits at once by default. */
    private static final int COMMIT = 1000;

    private final Dataset data;
    private final ScratchDatabase database;

    Floor(Dataset data, ScratchDatabase database) {
        this.data = data;
        this.database = database;
    }

    /** @param different how many pairs were not equal, or had no partner */
    record Compared(Duration time, long different) {}

    /**
     * Streams links, targets and sources, and compares all values of each linked pair. The targets are kept as one
     * 64-bit fingerprint of all values each, which is quicker than keeping the values.
     *
     * @param most rows of each, for warming up; 0 for all
     */
    Compared compare(long most) throws SQLException {
        long began = System.nanoTime();
        String limit = most == 0 ? "" : " limit " + most;
        Map<String, String> links = new HashMap<>();
        Map<String, Long> targets = new HashMap<>();
        long[] different = {0};
        try (Connection connection = database.connect()) {
            stream(
                    connection,
                    "select first_id, second_id from link where link_type = '" + ScratchHome.MAPPING + "'" + limit,
                    row -> links.put(row.getString(1), row.getString(2)));
            stream(
                    connection,
                    "select " + database.quoted("_id") + ", " + data.targetColumns() + " from " + data.target() + limit,
                    row -> targets.put(row.getString(1), fingerprint(row)));
            stream(
                    connection,
                    "select id, " + data.sourceColumns() + " from " + ScratchHome.SOURCE_TABLE + limit,
                    row -> {
                        String link = links.get(row.getString(1));
                        Long target = link == null ? null : targets.get(link);
                        if (target == null || target != fingerprint(row)) {
                            different[0]++;
                        }
                    });
        }
        return new Compared(Duration.ofNanos(System.nanoTime() - began), different[0]);
    }

    /** Streams the sources, and inserts a target and a link for each. */
    Duration create(long most) throws SQLException {
        long began = System.nanoTime();
        try (Connection reading = database.connect();
                Connection writing = database.connect();
                PreparedStatement targets = writing.prepareStatement(data.insertTarget());
                PreparedStatement links = writing.prepareStatement(data.insertLink())) {
            long[] rows = {0};
            stream(
                    reading,
                    "select id, " + data.sourceColumns() + " from " + ScratchHome.SOURCE_TABLE
                            + (most == 0 ? "" : " limit " + most),
                    row -> {
                        String source = row.getString(1);
                        String target = BenchmarkData.targetId(rows[0]);
                        targets.setString(1, target);
                        for (int i = 2; i <= BenchmarkData.ATTRIBUTES.size() + 1; i++) {
                            targets.setObject(i, row.getObject(i));
                        }
                        targets.addBatch();
                        Dataset.bindLink(links, source, target);
                        links.addBatch();
                        if (++rows[0] % COMMIT == 0) {
                            links.executeBatch();
                            targets.executeBatch();
                            writing.commit();
                        }
                    });
            links.executeBatch();
            targets.executeBatch();
            writing.commit();
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private interface RowUse {
        void use(ResultSet row) throws SQLException;
    }

    private void stream(Connection connection, String sql, RowUse use) throws SQLException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(database.streamingFetchSize());
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    use.use(rows);
                }
            }
        }
    }

    private static long fingerprint(ResultSet row) throws SQLException {
        long fingerprint = 0;
        for (int i = 2; i <= BenchmarkData.ATTRIBUTES.size() + 1; i++) {
            fingerprint = (fingerprint ^ hash(row.getString(i))) * 0x9E3779B97F4A7C15L;
            fingerprint ^= fingerprint >>> 29;
        }
        return fingerprint;
    }

    private static long hash(@Nullable String value) {
        return value == null ? 1 : ((long) value.length() << 32) ^ value.hashCode();
    }
}
