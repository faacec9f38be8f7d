package dev.concord.bench;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.concord.bench.BenchmarkData.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The least that anybody would have to do, in plain JDBC on one thread: stream what there is to read, once and with the
 * driver's fastest settings, and write what there is to write in batches.
 */
final class Floor {

    /** As many rows as the product commits at once by default. */
    private static final int COMMIT = 1000;

    private static final int VALUES = BenchmarkData.ATTRIBUTES.size();
    private static final int ACTIVE = BenchmarkData.ATTRIBUTES.stream()
            .map(BenchmarkData.Attribute::kind)
            .toList()
            .indexOf(Kind.BOOLEAN);

    private final ScratchHome home;
    private final Dataset data;
    private final ScratchDatabase database;

    Floor(ScratchHome home, Dataset data, ScratchDatabase database) {
        this.home = home;
        this.data = data;
        this.database = database;
    }

    /** @param different how many sources had no equal partner */
    record Compared(double seconds, long different) {}

    /**
     * Streams links, targets and sources, and compares all values of each linked pair. Of a target, one 64-bit
     * fingerprint of all its values is kept, which is quicker than keeping the values.
     *
     * @param most rows of each, for warming up; 0 for all
     */
    Compared compare(long most) throws SQLException, IOException {
        long began = System.nanoTime();
        String limit = limit(most);
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
            if (Files.exists(home.sourceFile())) {
                SourceFile.read(home.sourceFile(), row -> {
                    different[0] += isEqual(targets.get(links.get(row.getField(0))), fingerprint(row)) ? 0 : 1;
                });
            } else {
                stream(connection, sources(limit), row -> {
                    different[0] += isEqual(targets.get(links.get(row.getString(1))), fingerprint(row)) ? 0 : 1;
                });
            }
        }
        return new Compared((System.nanoTime() - began) / 1e9, different[0]);
    }

    /**
     * Streams the sources, and inserts a target and a link for each.
     *
     * @param most sources, for warming up; 0 for all
     * @return seconds
     */
    double create(long most) throws SQLException {
        long began = System.nanoTime();
        try (Connection reading = database.connect();
                Connection writing = database.connect();
                PreparedStatement targets = writing.prepareStatement(data.insertTarget());
                PreparedStatement links = writing.prepareStatement(data.insertLink())) {
            long[] rows = {0};
            stream(reading, sources(limit(most)), row -> {
                String source = row.getString(1);
                String target = BenchmarkData.targetId(rows[0]);
                targets.setString(1, target);
                for (int i = 2; i <= VALUES + 1; i++) {
                    targets.setObject(i, row.getObject(i));
                }
                targets.addBatch();
                RowBinding.bindLink(links, source, target);
                links.addBatch();
                if (++rows[0] % COMMIT == 0) {
                    write(writing, links, targets);
                }
            });
            write(writing, links, targets);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void write(Connection connection, PreparedStatement links, PreparedStatement targets)
            throws SQLException {
        links.executeBatch();
        targets.executeBatch();
        connection.commit();
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

    private String sources(String limit) {
        return "select id, " + data.sourceColumns() + " from " + ScratchHome.SOURCE_TABLE + limit;
    }

    private static String limit(long most) {
        return most == 0 ? "" : " limit " + most;
    }

    private static boolean isEqual(@Nullable Long one, long other) {
        return one != null && one == other;
    }

    private static long fingerprint(ResultSet row) throws SQLException {
        long fingerprint = 0;
        for (int i = 0; i < VALUES; i++) {
            fingerprint = mixed(fingerprint, row.getString(i + 2));
        }
        return fingerprint;
    }

    /** The fingerprint of a row that the database would give in the same way. */
    private long fingerprint(CsvRecord row) {
        IntFunction<String> value =
                i -> i == ACTIVE ? database.text(Boolean.parseBoolean(row.getField(i + 1))) : row.getField(i + 1);
        long fingerprint = 0;
        for (int i = 0; i < VALUES; i++) {
            fingerprint = mixed(fingerprint, value.apply(i));
        }
        return fingerprint;
    }

    private static long mixed(long fingerprint, @Nullable String value) {
        long hash = value == null ? 1 : ((long) value.length() << 32) ^ value.hashCode();
        long mixed = (fingerprint ^ hash) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
