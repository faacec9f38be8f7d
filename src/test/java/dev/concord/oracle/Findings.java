package dev.concord.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts faults and keeps the first few of each kind. */
final class Findings {

    private static final int EXAMPLES = 5;

    enum Fault {
        LOST,
        DUPLICATED,
        PHANTOM,
        WRONG,
        UNEXPLAINED
    }

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);

    void add(Fault fault, String example) {
        counts.merge(fault, 1L, Long::sum);
        List<String> some = examples.computeIfAbsent(fault, kind -> new ArrayList<>());
        if (some.size() < EXAMPLES) {
            some.add(fault + ": " + example);
        }
    }

    Verdict verdict() {
        return new Verdict(
                count(Fault.LOST),
                count(Fault.DUPLICATED),
                count(Fault.PHANTOM),
                count(Fault.WRONG),
                count(Fault.UNEXPLAINED),
                examples.values().stream().flatMap(List::stream).toList());
    }

    private long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }
}
