package dev.concord.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The writes of a night in plain JDBC: updates by id, inserts and deletes, a statement for many rows where the database
 * is quicker that way, and a commit each thousand rows.
 */
final class FloorWrites {

    private static final int COMMIT = 1000;
    /** Rows of one update that names all of them. */
    private static final int ROWS = 250;

    private final Dataset data;
    private final ScratchDatabase database;

    FloorWrites(Dataset data, ScratchDatabase database) {
        this.data = data;
        this.database = database;
    }

    double seconds(Nightly.Changes changes) throws SQLException {
        long began = System.nanoTime();
        try (Connection connection = database.connect()) {
            update(connection, changes.changed(), 1);
            insert(connection, changes.added());
            delete(connection, changes.gone());
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Makes everything as it was. */
    void takeBack(Nightly.Changes changes) throws SQLException {
        try (Connection connection = database.connect()) {
            update(connection, changes.changed(), 0);
            delete(connection, changes.added());
            insert(connection, changes.gone());
        }
    }

    private void update(Connection connection, List<Long> people, int edition) throws SQLException {
        for (List<Long> part : parts(people, COMMIT)) {
            if (database instanceof EmbeddedDatabase) {
                updateEach(connection, part, edition);
            } else {
                for (List<Long> rows : parts(part, ROWS)) {
                    updateTogether(connection, rows, edition);
                }
            }
            connection.commit();
        }
    }

    private void updateEach(Connection connection, List<Long> people, int edition) throws SQLException {
        String set = BenchmarkData.CHANGING.stream()
                .map(index -> column(index) + " = ?")
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("update " + data.target() + " set " + set + ", "
                + revision() + " = " + revision() + " + 1 where " + id() + " = ?")) {
            for (long person : people) {
                statement.setString(bindChanging(statement, 1, person, edition), BenchmarkData.targetId(person));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void updateTogether(Connection connection, List<Long> people, int edition) throws SQLException {
        List<Integer> changing = BenchmarkData.CHANGING;
        String first =
                "select ? as id" + changing.stream().map(i -> ", ? as v" + i).collect(Collectors.joining());
        String others = (" union all select ?" + ", ?".repeat(changing.size())).repeat(people.size() - 1);
        String set = changing.stream().map(i -> "t." + column(i) + " = v.v" + i).collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement("update " + data.target() + " t join (" + first
                + others + ") v on t." + id() + " = v.id set " + set + ", t." + revision() + " = t." + revision()
                + " + 1")) {
            int at = 1;
            for (long person : people) {
                statement.setString(at, BenchmarkData.targetId(person));
                at = bindChanging(statement, at + 1, person, edition);
            }
            statement.executeUpdate();
        }
    }

    private static int bindChanging(PreparedStatement statement, int from, long person, int edition)
            throws SQLException {
        Object[] values = BenchmarkData.values(person, edition);
        int at = from;
        for (int index : BenchmarkData.CHANGING) {
            statement.setObject(at++, values[index]);
        }
        return at;
    }

    private void insert(Connection connection, List<Long> people) throws SQLException {
        try (PreparedStatement targets = connection.prepareStatement(data.insertTarget());
                PreparedStatement links = connection.prepareStatement(data.insertLink())) {
            for (List<Long> part : parts(people, COMMIT)) {
                for (long person : part) {
                    RowBinding.bindLink(links, person);
                    links.addBatch();
                    RowBinding.bindTarget(targets, person);
                    targets.addBatch();
                }
                links.executeBatch();
                targets.executeBatch();
                connection.commit();
            }
        }
    }

    private void delete(Connection connection, List<Long> people) throws SQLException {
        for (List<Long> part : parts(people, COMMIT)) {
            String marks = String.join(", ", Collections.nCopies(part.size(), "?"));
            try (PreparedStatement links = connection.prepareStatement("delete from link where link_type = '"
                            + ScratchHome.MAPPING + "' and first_key in (" + marks + ")");
                    PreparedStatement targets = connection.prepareStatement(
                            "delete from " + data.target() + " where " + id() + " in (" + marks + ")")) {
                for (int i = 0; i < part.size(); i++) {
                    links.setBytes(i + 1, RowBinding.key(BenchmarkData.sourceId(part.get(i))));
                    targets.setString(i + 1, BenchmarkData.targetId(part.get(i)));
                }
                links.executeUpdate();
                targets.executeUpdate();
            }
            connection.commit();
        }
    }

    private static List<List<Long>> parts(List<Long> people, int size) {
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < people.size(); from += size) {
            parts.add(people.subList(from, Math.min(people.size(), from + size)));
        }
        return parts;
    }

    private String column(int index) {
        return database.quoted(BenchmarkData.ATTRIBUTES.get(index).name());
    }

    private String id() {
        return database.quoted("_id");
    }

    private String revision() {
        return database.quoted("_rev");
    }
}
