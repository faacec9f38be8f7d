package dev.concord.system.jdbc;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.jdbc.ObjectReader.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a table as an object set. */
final class JdbcObjectSet implements ObjectSet {

    private final Database database;
    private final Table table;
    private final ObjectSchema schema;
    private final TableRows rows;
    private final TableScan scan;
    private final TableSearch search;
    private final TableWriter writer;

    JdbcObjectSet(Database database, Table table) {
        this.database = database;
        this.table = table;
        this.schema = table.schema();
        this.rows = new TableRows(table);
        this.scan = new TableScan(table, rows);
        this.search = new TableSearch(table, rows, scan);
        this.writer = new TableWriter(table, rows);
    }

    @Override
    public String name() {
        return table.layout().set();
    }

    @Override
    public ObjectSchema schema() {
        return schema;
    }

    @Override
    public boolean inPlatformDatabase() {
        return database.isPlatform();
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return database.readSlowly(connection -> scan.ranges(connection, count));
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return database.read(connection -> scan.page(connection, range, after, limit, filter, false));
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return database.read(connection -> scan.page(connection, range, after, limit, filter, true));
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.read(connection -> fetch(connection, new LinkedHashSet<>(ids)));
    }

    private Map<String, Resource> fetch(Connection connection, Set<String> ids) throws SQLException {
        Map<String, Resource> found = LinkedHashMap.newLinkedHashMap(ids.size());
        for (Row row : rows.byId(connection, rows.whole(), List.copyOf(ids), "")) {
            // The database may take another id for the same.
            if (ids.contains(row.id())) {
                found.put(row.id(), TableRows.readable(row));
            }
        }
        return found;
    }

    @Override
    public boolean holdsUnread(String id) {
        ColumnValue key = table.unread().isEmpty() ? null : table.idValue(id);
        if (key == null) {
            return false;
        }
        String filled = table.unread().values().stream()
                .map(column -> column + " is not null")
                .collect(Collectors.joining(" or "));
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select 1 from " + table.quoted() + " where "
                    + table.id().quoted() + " = ? and (" + filled + ")")) {
                key.bind(statement, 1);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return database.read(connection -> search.find(connection, filters, limit));
    }

    @Override
    public long count(@Nullable Filter filter) {
        return database.readSlowly(connection -> scan.count(connection, filter));
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return write(writes, () -> {});
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        if (writes.isEmpty()) {
            return List.of();
        }
        return database.write(
                connection -> {
                    List<WriteOutcome> outcomes = writer.write(connection, writes);
                    if (isDone(outcomes)) {
                        stillAllowed.run();
                    }
                    return outcomes;
                },
                JdbcObjectSet::isDone,
                JdbcObjectSet::withoutEffect);
    }

    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>(content);
        stored.replaceAll((name, value) -> {
            Column column = table.attributes().get(name);
            if (column == null || value == null) {
                return value;
            }
            try {
                return ColumnValue.of(column, value).json();
            } catch (Unfit e) {
                return value;
            }
        });
        return stored;
    }

    private static boolean isDone(List<WriteOutcome> outcomes) {
        return outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance);
    }

    /** What is true of a batch that was rolled back. */
    private static List<WriteOutcome> withoutEffect(List<WriteOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof WriteOutcome.Written ? new WriteOutcome.NotDone() : outcome)
                .toList();
    }

    @Override
    public String toString() {
        return name();
    }
}
