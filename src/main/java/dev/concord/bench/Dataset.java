package dev.concord.bench;

import dev.concord.bench.BenchmarkData.Attribute;
import dev.concord.system.managed.ManagedStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The rows to measure on: sources, and targets and links in the very form in which the product writes them. Everything
 * here happens outside of what is timed.
 */
final class Dataset {

    static final String TARGET_TABLE = "managed_" + ScratchHome.TYPE;

    private static final String INSERT_LINK = "insert into link"
            + " (first_key, link_type, qualifier, second_key, first_id, second_id, revision) values (?, ?, ?, ?, ?, ?, ?)";

    private static final int BATCH = 1000;
    private static final int COMMIT = 10_000;

    private final ScratchHome home;
    private final ScratchDatabase database;

    Dataset(ScratchHome home, ScratchDatabase database) {
        this.home = home;
        this.database = database;
    }

    /** Fills the parameters of one row. */
    interface Binder {
        void bind(PreparedStatement statement, long person) throws SQLException;
    }

    /** Makes the tables of source and target; those of the product are there already. */
    void createTables() throws SQLException {
        String columns = BenchmarkData.ATTRIBUTES.stream()
                .map(attribute -> ", " + attribute.column() + " " + columnType(attribute))
                .collect(Collectors.joining());
        execute("create table " + ScratchHome.SOURCE_TABLE + " (id varchar(36) not null primary key" + columns + ")");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(true);
            new ManagedStore(new SingleConnectionDataSource(connection, true)).open(home.type());
        }
    }

    void loadSources(long from, long to) throws SQLException {
        forEach(insertSource(), LongStream.range(from, to), RowBinding::bindSource);
    }

    /** Targets in the order of their ids, links in that of their keys, which is the quickest. */
    void loadTargetsAndLinks(long rows) throws SQLException {
        List<Long> byTargetId = LongStream.range(0, rows)
                .boxed()
                .map(person -> new Scattered(BenchmarkData.targetId(person), person))
                .sorted()
                .map(Scattered::person)
                .toList();
        forEach(insertTarget(), byTargetId.stream().mapToLong(Long::longValue), RowBinding::bindTarget);
        forEach(INSERT_LINK, LongStream.range(0, rows), RowBinding::bindLink);
    }

    private record Scattered(String id, long person) implements Comparable<Scattered> {
        @Override
        public int compareTo(Scattered other) {
            return id.compareTo(other.id);
        }
    }

    /** Removes all targets and links. */
    void empty() throws SQLException {
        execute("truncate table " + target());
        execute("truncate table link");
    }

    /** Lets the database look at its tables anew, as it does in time by itself. */
    void settle() throws SQLException {
        if (database instanceof EmbeddedDatabase) {
            execute("analyze");
        } else {
            for (String table : List.of("link", target(), ScratchHome.SOURCE_TABLE)) {
                query("analyze table " + table);
            }
        }
    }

    /** Makes one value of one target wrong. */
    void flip(long person) throws SQLException {
        execute("update " + target() + " set " + database.quoted("city") + " = 'Elsewhere' where "
                + database.quoted("_id") + " = '" + BenchmarkData.targetId(person) + "'");
    }

    long countTargets() throws SQLException {
        return query("select count(*) from " + target());
    }

    long countLinks() throws SQLException {
        return query("select count(*) from link where link_type = '" + ScratchHome.MAPPING + "'");
    }

    String target() {
        return database.quoted(TARGET_TABLE);
    }

    /** Executes a statement for each of many people, in batches. */
    void forEach(String sql, LongStream people, Binder binder) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long rows = 0;
            for (var each = people.iterator(); each.hasNext(); ) {
                binder.bind(statement, each.nextLong());
                statement.addBatch();
                if (++rows % BATCH == 0) {
                    statement.executeBatch();
                }
                if (rows % COMMIT == 0) {
                    connection.commit();
                }
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    String insertTarget() {
        return "insert into " + target() + " (" + database.quoted("_id") + ", " + database.quoted("_rev") + ", "
                + targetColumns() + ") values (?, 1, " + marks() + ")";
    }

    String insertLink() {
        return INSERT_LINK;
    }

    String targetColumns() {
        return BenchmarkData.ATTRIBUTES.stream()
                .map(attribute -> database.quoted(attribute.name()))
                .collect(Collectors.joining(", "));
    }

    String sourceColumns() {
        return BenchmarkData.ATTRIBUTES.stream().map(Attribute::column).collect(Collectors.joining(", "));
    }

    private String insertSource() {
        return "insert into " + ScratchHome.SOURCE_TABLE + " (id, " + sourceColumns() + ") values (?, " + marks() + ")";
    }

    private static String marks() {
        return "?" + ", ?".repeat(BenchmarkData.ATTRIBUTES.size() - 1);
    }

    private static String columnType(Attribute attribute) {
        return switch (attribute.kind()) {
            case TEXT -> "varchar(200)";
            case INTEGER -> "bigint";
            case DATE -> "date";
            case BOOLEAN -> "boolean";
        };
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    private long query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return sql.startsWith("select") ? rows.getLong(1) : 0;
        }
    }
}
