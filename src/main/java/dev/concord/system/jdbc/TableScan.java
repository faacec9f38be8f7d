package dev.concord.system.jdbc;

import dev.concord.filter.Filter;
import dev.concord.system.KeyRange;
import dev.concord.system.Page;
import dev.concord.system.jdbc.ObjectReader.Broken;
import dev.concord.system.jdbc.ObjectReader.Row;
import dev.concord.system.jdbc.ObjectReader.Whole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the ids of a table in the order of their unique index. A position is the text of an id, so that rows may
 * come and go while somebody walks.
 */
final class TableScan {

    private static final int COUNTING_PAGE = 2000;

    /** The position before every id, of which only rows without an id stand. No row without one is read twice. */
    private static final String START = "";

    private final Table table;
    private final TableRows rows;
    private final FilterSql filterSql;

    TableScan(Table table, TableRows rows) {
        this.table = table;
        this.rows = rows;
        this.filterSql = new FilterSql(table);
    }

    /** One walk along the index for the number of rows, and one for all borders together. */
    List<KeyRange> ranges(Connection connection, int count) throws SQLException {
        if (count <= 1) {
            return List.of(KeyRange.ALL);
        }
        long size = rows.count(connection, withId());
        List<KeyRange> ranges = new ArrayList<>();
        String from = null;
        long done = 0;
        for (int i = 1; i < count && size >= count; i++) {
            long border = size * i / count;
            Predicate rest = from == null ? withId() : beyond(from, ">=");
            List<Row> next =
                    rows.ids(connection, rest, ordered() + table.dialect().page(1, border - done));
            if (next.isEmpty()) {
                break;
            }
            String to = next.getFirst().id();
            ranges.add(new KeyRange(from, to));
            from = to;
            done = border;
        }
        ranges.add(new KeyRange(from, null));
        return ranges;
    }

    Page page(
            Connection connection,
            KeyRange range,
            @Nullable String after,
            int limit,
            @Nullable Filter filter,
            boolean idsOnly)
            throws SQLException {
        Predicate narrowed = filter == null ? Predicate.ALL : filterSql.of(filter);
        List<Page.Item> items = new ArrayList<>();
        if (after == null && range.from() == null) {
            addRowsWithoutId(connection, items);
        }
        int wanted = Math.max(1, limit - items.size());
        Predicate condition = Predicate.and(List.of(within(range, after), narrowed));
        String end = ordered() + table.dialect().page(wanted + 1, 0);
        List<Row> found;
        if (condition.isNone()) {
            found = List.of();
        } else if (idsOnly && condition.exact()) {
            found = rows.ids(connection, condition, end);
        } else {
            found = rows.objects(connection, condition, end);
        }
        boolean more = found.size() > wanted;
        List<Row> page = more ? found.subList(0, wanted) : found;
        for (Row row : page) {
            switch (row) {
                case Whole whole -> {
                    if (filter == null
                            || condition.exact()
                            || filter.matches(whole.resource().view())) {
                        items.add(new Page.Item.Found(whole.id(), whole.resource()));
                    }
                }
                case Broken broken ->
                    items.add(new Page.Item.Unreadable(broken.id(), broken.id(), where(broken.id()), broken.reason()));
            }
        }
        String last = page.isEmpty()
                ? (items.isEmpty() ? null : START)
                : page.getLast().id();
        return new Page(items, last, !more);
    }

    long count(Connection connection, @Nullable Filter filter) throws SQLException {
        Predicate condition = filter == null ? Predicate.ALL : filterSql.of(filter);
        if (condition.isNone()) {
            return 0;
        }
        if (condition.exact()) {
            return rows.count(connection, withId().and(condition));
        }
        long count = 0;
        String after = null;
        boolean end = false;
        while (!end) {
            Page page = page(connection, KeyRange.ALL, after, COUNTING_PAGE, filter, true);
            count += page.items().stream()
                    .filter(Page.Item.Found.class::isInstance)
                    .count();
            after = page.lastPosition();
            end = page.end();
        }
        return count;
    }

    String ordered() {
        return " order by " + table.id().quoted();
    }

    /** The ids that come behind a position. */
    Predicate beyond(String position, String operator) {
        if (position.equals(START) && operator.equals(">") && !table.id().type().isText()) {
            return withId();
        }
        ColumnValue value = table.idValue(position);
        if (value == null) {
            throw new IllegalArgumentException(
                    "No id of " + table.layout().set() + " can be where this scan was to go on.");
        }
        return Predicate.of(table.id().quoted() + " " + operator + " ?", true, value);
    }

    private Predicate within(KeyRange range, @Nullable String after) {
        List<Predicate> conditions = new ArrayList<>();
        conditions.add(withId());
        if (after != null) {
            conditions.add(beyond(after, ">"));
        } else if (range.from() != null) {
            conditions.add(beyond(range.from(), ">="));
        }
        if (range.to() != null) {
            conditions.add(beyond(range.to(), "<"));
        }
        return Predicate.and(conditions);
    }

    private Predicate withId() {
        return table.id().nullable() ? Predicate.of(table.id().quoted() + " is not null", true) : Predicate.ALL;
    }

    /** Rows without an id cannot be told apart, so they are reported together. */
    private void addRowsWithoutId(Connection connection, List<Page.Item> items) throws SQLException {
        if (!table.id().nullable()) {
            return;
        }
        long count = rows.count(connection, Predicate.of(table.id().quoted() + " is null", true));
        if (count > 0) {
            items.add(new Page.Item.Unreadable(
                    START,
                    null,
                    count + " row(s) of table " + table.layout().table(),
                    "The column '" + table.id().name()
                            + "' is null, and it holds the id. Fill it, or leave the rows out with a view."));
        }
    }

    private String where(String id) {
        return "table " + table.layout().table() + ", " + table.id().name() + " " + id;
    }
}
