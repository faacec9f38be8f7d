package dev.concord.oracle;

import dev.concord.oracle.Findings.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Expected ops against those that the ledgers tell of. */
final class OpComparison {

    private final Findings findings;

    OpComparison(Findings findings) {
        this.findings = findings;
    }

    void compareAll(List<Told> expected, List<Told> told) {
        Map<String, List<Told>> wanted = byKey(expected);
        Map<String, List<Told>> found = byKey(told);
        TreeSet<String> keys = new TreeSet<>(wanted.keySet());
        keys.addAll(found.keySet());
        keys.forEach(key -> compare(wanted.getOrDefault(key, List.of()), found.getOrDefault(key, List.of())));
    }

    private void compare(List<Told> wanted, List<Told> found) {
        List<Told> missing = new ArrayList<>(wanted);
        List<Told> others = new ArrayList<>();
        for (Told op : found) {
            if (!removeOneLike(op, missing)) {
                others.add(op);
            }
        }
        int wrong = Math.min(missing.size(), others.size());
        for (int i = 0; i < wrong; i++) {
            findings.add(Fault.WRONG, "entry " + others.get(i) + ", expected " + missing.get(i));
        }
        missing.subList(wrong, missing.size()).forEach(op -> findings.add(Fault.LOST, "no entry " + op));
        others.subList(wrong, others.size())
                .forEach(op ->
                        findings.add(wanted.isEmpty() ? Fault.PHANTOM : Fault.DUPLICATED, "one more entry " + op));
    }

    private static boolean removeOneLike(Told op, List<Told> ops) {
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).agreesWith(op)) {
                ops.remove(i);
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Told>> byKey(List<Told> ops) {
        Map<String, List<Told>> byKey = new TreeMap<>();
        ops.forEach(
                op -> byKey.computeIfAbsent(op.key(), key -> new ArrayList<>()).add(op));
        return byKey;
    }
}
