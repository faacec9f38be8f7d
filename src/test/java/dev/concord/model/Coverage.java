package dev.concord.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts what worlds came by: each row of the situation tables and each way an op can end. Not for use by several
 * threads at once.
 */
public final class Coverage {

    private final Map<TableRow, Integer> rows = new EnumMap<>(TableRow.class);
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Map<String, Integer> actions = new TreeMap<>();

    public void add(Outcome outcome) {
        for (Op op : outcome.ops()) {
            endings.merge(op.ending(), 1, Integer::sum);
            if (op.row() != null) {
                rows.merge(op.row(), 1, Integer::sum);
            }
            if (op.action() != null) {
                actions.merge(op.situation() + " " + op.action(), 1, Integer::sum);
            }
        }
    }

    /** What was hit fewer times than that, with the number of hits; empty when everything was hit often enough. */
    public List<String> below(int minimum) {
        return Stream.concat(
                        Stream.of(TableRow.values())
                                .filter(row -> rows.getOrDefault(row, 0) < minimum)
                                .map(row -> row + " " + rows.getOrDefault(row, 0)),
                        Stream.of(Ending.values())
                                .filter(ending -> endings.getOrDefault(ending, 0) < minimum)
                                .map(ending -> ending + " " + endings.getOrDefault(ending, 0)))
                .toList();
    }

    /** The pairs of situation and action that never came up. */
    public List<String> missingPairs() {
        return Stream.of(Situation.values())
                .flatMap(situation -> Stream.of(Action.values()).map(action -> situation + " " + action))
                .filter(pair -> !actions.containsKey(pair))
                .toList();
    }

    public void assertAtLeast(int minimum) {
        List<String> below = below(minimum);
        if (!below.isEmpty()) {
            throw new AssertionError("Hit fewer than " + minimum + " times: " + String.join(", ", below));
        }
    }

    @Override
    public String toString() {
        return rows + "\n" + endings + "\n" + actions;
    }
}
