package dev.concord.worlds;

import dev.concord.model.Action;
import dev.concord.model.Effect;
import dev.concord.model.ErrorKind;
import dev.concord.model.TableRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts what the engine's own ledger tells of, whatever the model has to say about it. Safe for use by several
 * threads.
 */
final class EngineCoverage {

    private final Map<String, Long> hits = new TreeMap<>();

    synchronized void add(Report report) {
        report.lines().forEach(line -> hit(line.phase() + " " + line.situation(), 1));
        report.counts().forEach((what, number) -> {
            String[] kind = what.split("/", -1);
            if (kind.length == 3) {
                hit(kind[1] + " " + (kind[2].equals("SUCCESS") ? "done" : "failed"), number);
                hit(kind[2], number);
            } else {
                hit(what, number);
            }
        });
    }

    private void hit(String what, long number) {
        hits.merge(what, number, Long::sum);
    }

    void assertAtLeast(long minimum) {
        List<String> below = expected().stream()
                .filter(what -> hits.getOrDefault(what, 0L) < minimum)
                .map(what -> what + " " + hits.getOrDefault(what, 0L))
                .toList();
        if (!below.isEmpty()) {
            throw new AssertionError(
                    "The engine came fewer than " + minimum + " times by: " + String.join(", ", below));
        }
    }

    private static Set<String> expected() {
        Set<String> expected = new LinkedHashSet<>();
        for (TableRow row : TableRow.values()) {
            expected.add(phase(row) + " " + row.situation());
        }
        for (Action action : Action.values()) {
            if (action != Action.EXCEPTION) {
                expected.add(action + " done");
            }
            if (action != Action.IGNORE && action != Action.ASYNC) {
                expected.add(action + " failed");
            }
        }
        for (ErrorKind kind : ErrorKind.values()) {
            expected.add(kind.name());
        }
        for (Effect effect : Effect.values()) {
            expected.add(Report.measure(effect).name());
        }
        return expected;
    }

    private static String phase(TableRow row) {
        return row.name().startsWith("TARGET_") ? "TARGET" : row == TableRow.LINK_BOTH_GONE ? "LINK" : "SOURCE";
    }
}
