package dev.concord.oracle;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Action;
import dev.concord.testing.House;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ledger says of one run: its entries in the order in which they were written, and its counts.
 *
 * @param counts the sum over all segments, by phase
 */
public record Account(Run run, List<Line> lines, Map<Phase, Counts> counts) {

    /** One entry and the phase that wrote it. */
    record Line(Phase phase, Entry entry) {

        /**
         * Whether what the entry tells of has happened: failed ops keep differences only when their effect stands, and
         * REPORT tells what would be.
         */
        boolean applies() {
            boolean done = entry.outcome() == Outcome.SUCCESS
                    || (entry.outcome() != Outcome.PLANNED
                            && !entry.differences().isEmpty());
            return done && entry.action() != Action.REPORT;
        }
    }

    /** The account of a run; the run may still be unfinished. */
    public static Account of(House house, String runId) {
        return of(
                house.get(LedgerReader.class), house.get(Runs.class).find(runId).orElseThrow());
    }

    public static Account of(LedgerReader reader, Run run) {
        List<Line> lines = new ArrayList<>();
        reader.entries(
                run.id(), counts -> true, (segment, index, entry) -> lines.add(new Line(segment.phase(), entry)));
        Map<Phase, Counts> counts = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            counts.put(phase, reader.counts(run.id(), phase));
        }
        return new Account(run, lines, counts);
    }

    /** The counts of all phases together. */
    Counts sum() {
        Counts sum = new Counts();
        counts.values().forEach(sum::add);
        return sum;
    }

    /**
     * The ops with what became of them in the end: what one phase planned and the deletes step did is one op, told as
     * it was done. A deed that was planned once and done twice is two.
     */
    List<Line> ops() {
        Map<String, Deque<Entry>> done = new HashMap<>();
        lines.stream()
                .filter(line -> line.phase() == Phase.DELETES)
                .forEach(line -> done.computeIfAbsent(planKey(line.entry()), key -> new ArrayDeque<>())
                        .add(line.entry()));
        Map<String, Phase> origins = new HashMap<>();
        List<Line> ops = new ArrayList<>();
        for (Line line : lines) {
            if (line.phase() == Phase.DELETES) {
                continue;
            }
            Entry last = line.entry();
            if (last.outcome() == Outcome.PLANNED) {
                String key = planKey(last);
                origins.put(key, line.phase());
                Deque<Entry> left = done.get(key);
                last = left == null || left.isEmpty() ? last : left.removeFirst();
                if (last.outcome() == Outcome.SUCCESS && isSilent(last)) {
                    continue;
                }
            }
            ops.add(new Line(line.phase(), last));
        }
        done.forEach((key, left) ->
                left.forEach(entry -> ops.add(new Line(origins.getOrDefault(key, Phase.DELETES), entry))));
        return ops;
    }

    /** What has an entry only because it was planned as something else. */
    private static boolean isSilent(Entry entry) {
        return entry.action() == Action.ASYNC || entry.action() == Action.NOREPORT;
    }

    /**
     * What an entry of the deletes step has in common with the one that planned it; a target is new when it is made,
     * and what was refused may have become another op.
     */
    private static String planKey(Entry entry) {
        boolean deed = entry.action() == Action.DELETE || entry.action() == Action.UNLINK;
        return (deed ? entry.situation() + "|" + entry.action() : "write") + "|" + entry.qualifier() + "|"
                + entry.sourceId() + "|" + (entry.sourceId() == null ? entry.targetId() : "");
    }
}
