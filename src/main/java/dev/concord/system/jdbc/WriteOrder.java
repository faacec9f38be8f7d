package dev.concord.system.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts changes together that one statement, or one batch of a statement, can do. Changes that touch unique values keep
 * their order, so that a batch succeeds and fails exactly as its writes one by one would: whether a value is free
 * depends on who gave it up before.
 */
final class WriteOrder {

    private final Table table;

    WriteOrder(Table table) {
        this.table = table;
    }

    /** What tells groups apart. */
    private record Kind(int step, boolean withId, List<Column> columns) {}

    List<List<Change>> groups(List<Change> changes) {
        List<List<Change>> inOrder = new ArrayList<>();
        Map<Kind, List<Change>> free = new LinkedHashMap<>();
        Kind last = null;
        for (Change change : changes) {
            Kind kind = kind(change);
            if (!touchesUniqueValues(change)) {
                free.computeIfAbsent(kind, key -> new ArrayList<>()).add(change);
            } else {
                if (!kind.equals(last)) {
                    inOrder.add(new ArrayList<>());
                }
                inOrder.getLast().add(change);
                last = kind;
            }
        }
        Stream<List<Change>> rest = free.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(Kind::step)))
                .map(Map.Entry::getValue);
        return Stream.concat(inOrder.stream(), rest).toList();
    }

    private static Kind kind(Change change) {
        return switch (change) {
            case Change.Insert insert ->
                new Kind(
                        0, insert.idValue() != null, List.copyOf(insert.values().keySet()));
            case Change.Update update ->
                new Kind(1, true, List.copyOf(update.values().keySet()));
            case Change.Delete delete -> new Kind(2, true, List.of());
        };
    }

    private boolean touchesUniqueValues(Change change) {
        return switch (change) {
            case Change.Insert insert -> table.hasUniqueAttributes();
            case Change.Update update -> update.values().keySet().stream().anyMatch(table::isUnique);
            case Change.Delete delete -> table.hasUniqueAttributes();
        };
    }
}
