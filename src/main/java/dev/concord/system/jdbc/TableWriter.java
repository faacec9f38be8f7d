package dev.concord.system.jdbc;

import dev.concord.record.Resource;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.WriteOutcome.NotDone;
import dev.concord.system.WriteOutcome.Rejected;
import dev.concord.system.WriteOutcome.Stale;
import dev.concord.system.WriteOutcome.Written;
import dev.concord.system.jdbc.ObjectReader.Row;
import dev.concord.system.jdbc.ObjectReader.Whole;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a table. Rows that shall change are locked and read first: Java decides whether they are still what they
 * were, exactly and for every type of column, and no statement has to say how many rows it met.
 */
final class TableWriter {

    private final Table table;
    private final TableRows rows;
    private final ChangePlanner planner;

    TableWriter(Table table, TableRows rows) {
        this.table = table;
        this.rows = rows;
        this.planner = new ChangePlanner(table);
    }

    List<WriteOutcome> write(Connection connection, List<Write> writes) throws SQLException {
        @Nullable WriteOutcome[] outcomes = new @Nullable WriteOutcome[writes.size()];
        List<Change> part = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            Change change;
            try {
                change = planner.plan(i, writes.get(i));
            } catch (Unfit e) {
                outcomes[i] = e.rejected();
                return settled(outcomes);
            }
            if (change.id() != null && !ids.add(change.id())) {
                // What a later write of the same object is based on must be there first.
                if (!writePart(connection, part, outcomes)) {
                    return settled(outcomes);
                }
                part.clear();
                ids.clear();
                ids.add(change.id());
            }
            part.add(change);
        }
        writePart(connection, part, outcomes);
        return settled(outcomes);
    }

    /** False when something was rejected. */
    private boolean writePart(Connection connection, List<Change> changes, @Nullable WriteOutcome[] outcomes)
            throws SQLException {
        Map<String, Row> locked = lock(connection, changes);
        List<Change> valid = new ArrayList<>();
        for (Change change : changes) {
            WriteOutcome early = withoutStatement(change, locked);
            if (early == null) {
                valid.add(
                        change.id() != null && locked.get(change.id()) instanceof Whole now
                                ? change.on(now.resource())
                                : change);
            } else {
                outcomes[change.index()] = early;
            }
        }
        for (List<Change> group : new WriteOrder(table).groups(valid)) {
            try {
                execute(connection, group, outcomes);
            } catch (SQLException e) {
                Rejected rejected = SqlErrors.rejection(e, table);
                if (rejected == null) {
                    throw e;
                }
                outcomes[group.get(failed(e, group)).index()] = rejected;
                return false;
            }
        }
        readAgain(connection, valid, outcomes);
        return true;
    }

    private Map<String, Row> lock(Connection connection, Collection<Change> changes) throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        Set<Column> columns = new LinkedHashSet<>();
        columns.add(table.id());
        if (table.revision() != null) {
            columns.add(table.revision());
        }
        for (Change change : changes) {
            switch (change) {
                case Change.Insert insert -> {}
                case Change.Delete delete -> ids.add(delete.id());
                case Change.Update update -> {
                    if (!update.values().isEmpty()) {
                        ids.add(update.id());
                        if (update.before().revision() == null || table.revision() == null) {
                            update.values().keySet().stream()
                                    .filter(column -> !column.isWriteOnly())
                                    .forEach(columns::add);
                        }
                    }
                }
            }
        }
        Map<String, Row> locked = new HashMap<>();
        for (Row row : rows.byId(
                connection,
                List.copyOf(columns),
                List.copyOf(ids),
                table.dialect().lock())) {
            locked.put(row.id(), row);
        }
        return locked;
    }

    /** What becomes of a change that needs no statement; null when it needs one. */
    private @Nullable WriteOutcome withoutStatement(Change change, Map<String, Row> locked) {
        return switch (change) {
            case Change.Insert insert -> null;
            case Change.Update update when update.values().isEmpty() -> new Written(update.before());
            case Change.Update update ->
                locked.get(update.id()) instanceof Whole now && update.isBasedOn(now.resource()) ? null : new Stale();
            case Change.Delete delete -> {
                Row now = locked.get(delete.id());
                if (now == null) {
                    yield new Written(null);
                }
                boolean asRead = delete.revision() == null
                        || table.revision() == null
                        || (now instanceof Whole whole
                                && delete.revision().equals(whole.resource().revision()));
                yield asRead ? null : new Stale();
            }
        };
    }

    private void execute(Connection connection, List<Change> group, @Nullable WriteOutcome[] outcomes)
            throws SQLException {
        switch (group.getFirst()) {
            case Change.Insert insert -> {
                List<Change.Insert> inserts =
                        group.stream().map(Change.Insert.class::cast).toList();
                List<String> ids = new Inserts(table).execute(connection, inserts);
                for (int i = 0; i < inserts.size(); i++) {
                    outcomes[inserts.get(i).index()] =
                            new Written(inserts.get(i).written(ids.get(i)));
                }
            }
            case Change.Update update -> {
                List<Change.Update> updates =
                        group.stream().map(Change.Update.class::cast).toList();
                new Updates(table).execute(connection, updates);
                updates.forEach(each -> outcomes[each.index()] = new Written(each.written()));
            }
            case Change.Delete delete -> {
                List<ColumnValue> ids = group.stream()
                        .map(each -> ((Change.Delete) each).idValue())
                        .toList();
                int most = table.dialect().longestList();
                for (int from = 0; from < ids.size(); from += most) {
                    Predicate these = Predicate.in(
                            table.id().quoted(), ids.subList(from, Math.min(ids.size(), from + most)), true);
                    Statement.update(
                            connection, "delete from " + table.quoted() + " where " + these.sql(), these.binders());
                }
                group.forEach(each -> outcomes[each.index()] = new Written(null));
            }
        }
    }

    /** Reads what the database itself may have filled in. */
    private void readAgain(Connection connection, List<Change> changes, @Nullable WriteOutcome[] outcomes)
            throws SQLException {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.isFilledInByDatabase()
                    && outcomes[change.index()] instanceof Written(Resource written)
                    && written != null) {
                indexes.put(written.id(), change.index());
            }
        }
        for (Row row : rows.byId(connection, rows.whole(), List.copyOf(indexes.keySet()), "")) {
            Integer index = indexes.get(row.id());
            if (index != null && row instanceof Whole whole) {
                outcomes[index] = new Written(whole.resource());
            }
        }
    }

    /** Which of the group failed, as far as the driver says. */
    private static int failed(SQLException exception, List<Change> group) {
        if (exception instanceof BatchUpdateException batch && group.size() > 1) {
            int[] counts = batch.getUpdateCounts();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == java.sql.Statement.EXECUTE_FAILED) {
                    return Math.min(i, group.size() - 1);
                }
            }
            return Math.min(counts.length, group.size() - 1);
        }
        return 0;
    }

    /** What is not known of a batch in which something was rejected counts as not done. */
    private static List<WriteOutcome> settled(@Nullable WriteOutcome[] outcomes) {
        return Arrays.stream(outcomes)
                .map(outcome -> outcome == null ? new NotDone() : outcome)
                .toList();
    }
}
