package dev.concord.worlds;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stand-in until the managed store is there. */
final class TableTarget implements ObjectSet {
    private static final List<String> COLUMNS = WorldFiles.TARGET_ATTRIBUTES;
    private final JdbcTemplate jdbc;
    private final String table;

    TableTarget(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    static void make(JdbcTemplate jdbc) {
        for (String unique : WorldFiles.UNIQUE) {
            jdbc.execute("create table " + WorldFiles.type(unique) + " (_id varchar(200) primary key, _rev varchar(40), "
                    + String.join(" varchar(200), ", COLUMNS) + " varchar(200)"
                    + (unique == null ? "" : ", unique (" + unique + ")") + ")");
        }
    }

    @Override
    public String name() {
        return "managed/" + table;
    }

    @Override
    public ObjectSchema schema() {
        return new ObjectSchema(Map.of(), false, true, true);
    }

    @Override
    public boolean inPlatformDatabase() {
        return true;
    }

    private List<Resource> all() {
        return jdbc.query("select * from " + table + " order by _id", (row, n) -> {
            Map<String, @Nullable Object> content = new LinkedHashMap<>();
            for (String column : COLUMNS) {
                content.put(column, row.getString(column));
            }
            return new Resource(row.getString("_id"), row.getString("_rev"), content);
        });
    }

    @Override
    public List<KeyRange> ranges(int count) {
        List<Resource> all = all();
        int number = Math.max(1, Math.min(count, all.size()));
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ranges.add(new KeyRange(
                    i == 0 ? null : all.get(all.size() * i / number).id(),
                    i == number - 1 ? null : all.get(all.size() * (i + 1) / number).id()));
        }
        return ranges;
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        List<Resource> left = all().stream()
                .filter(r -> (range.from() == null || r.id().compareTo(range.from()) >= 0)
                        && (range.to() == null || r.id().compareTo(range.to()) < 0)
                        && (after == null || r.id().compareTo(after) > 0))
                .toList();
        List<Resource> read = left.subList(0, Math.min(limit, left.size()));
        return new Page(
                read.stream()
                        .filter(r -> filter == null || filter.matches(r.view()))
                        .map(r -> (Page.Item) new Page.Item.Found(r.id(), r))
                        .toList(),
                read.isEmpty() ? null : read.getLast().id(),
                read.size() == left.size());
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return scan(range, after, limit, filter);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new LinkedHashMap<>();
        all().stream().filter(r -> ids.contains(r.id())).forEach(r -> found.put(r.id(), r));
        return found;
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        List<Resource> all = all();
        return filters.stream()
                .map(filter -> all.stream()
                        .filter(r -> filter.matches(r.view()))
                        .limit(limit + 1L)
                        .toList())
                .toList();
    }

    @Override
    public long count(@Nullable Filter filter) {
        return all().stream().filter(r -> filter == null || filter.matches(r.view())).count();
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return writes.stream().map(this::write).toList();
    }

    private WriteOutcome write(Write write) {
        try {
            return switch (write) {
                case Write.Create(String id, Map<String, @Nullable Object> content) -> {
                    List<@Nullable Object> values = new ArrayList<>(List.of(id, UUID.randomUUID().toString()));
                    COLUMNS.forEach(column -> values.add(content.get(column)));
                    jdbc.update(
                            "insert into " + table + " (_id, _rev, " + String.join(", ", COLUMNS) + ") values (?, ?"
                                    + ", ?".repeat(COLUMNS.size()) + ")",
                            values.toArray());
                    yield new WriteOutcome.Written(fetch(List.of(id)).get(id));
                }
                case Write.Update(Resource before, Map<String, @Nullable Object> content) -> {
                    List<@Nullable Object> values = new ArrayList<>(List.of(UUID.randomUUID().toString()));
                    COLUMNS.forEach(column -> values.add(content.get(column)));
                    values.add(before.id());
                    values.add(before.revision());
                    int count = jdbc.update(
                            "update " + table + " set _rev = ?, " + String.join(" = ?, ", COLUMNS)
                                    + " = ? where _id = ? and _rev = ?",
                            values.toArray());
                    yield count == 0
                            ? new WriteOutcome.Stale()
                            : new WriteOutcome.Written(fetch(List.of(before.id())).get(before.id()));
                }
                case Write.Delete(String id, String revision) -> {
                    int count = revision == null
                            ? jdbc.update("delete from " + table + " where _id = ?", id)
                            : jdbc.update("delete from " + table + " where _id = ? and _rev = ?", id, revision);
                    yield count == 0 && fetch(List.of(id)).containsKey(id)
                            ? new WriteOutcome.Stale()
                            : new WriteOutcome.Written(null);
                }
            };
        } catch (DuplicateKeyException e) {
            return new WriteOutcome.Rejected(WriteOutcome.Kind.UNIQUE, null, "taken");
        }
    }
}
