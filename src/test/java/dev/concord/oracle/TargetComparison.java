package dev.concord.oracle;

import dev.concord.oracle.Findings.Fault;
import dev.concord.oracle.Holdings.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Expected targets against those that are there, by their names. */
final class TargetComparison {

    private final Findings findings;
    private final Holdings before;
    private final Naming wantedNames;
    private final Naming names;

    TargetComparison(Findings findings, Holdings before, Naming wantedNames, Naming names) {
        this.findings = findings;
        this.before = before;
        this.wantedNames = wantedNames;
        this.names = names;
    }

    private record Named(String id, Target target) {}

    void compare(Holdings wanted, Holdings after) {
        Map<String, List<Named>> expected = named(wanted, wantedNames);
        Map<String, List<Named>> there = named(after, names);
        Set<Map<String, Object>> twins = new HashSet<>();
        expected.forEach((name, targets) -> {
            List<Named> found = there.getOrDefault(name, List.of());
            for (int i = found.size(); i < targets.size(); i++) {
                findings.add(
                        Fault.LOST,
                        "target " + name + " is not there: " + targets.get(i).target());
            }
            for (int i = targets.size(); i < found.size(); i++) {
                findings.add(
                        Fault.DUPLICATED,
                        "target " + name + " is there once more, as "
                                + found.get(i).id());
            }
            for (int i = 0; i < Math.min(targets.size(), found.size()); i++) {
                compare(name, targets.get(i).target(), found.get(i));
                twins.add(found.get(i).target().attributes());
            }
        });
        there.forEach((name, targets) -> {
            if (!expected.containsKey(name)) {
                targets.forEach(target -> tooMuch(name, target, twins));
            }
        });
    }

    private void compare(String name, Target wanted, Named found) {
        Target target = found.target();
        if (!wanted.attributes().equals(target.attributes())) {
            Target old = before.targets().get(found.id());
            boolean untouched = old != null && old.attributes().equals(target.attributes());
            findings.add(
                    untouched ? Fault.LOST : Fault.WRONG,
                    "target " + name + (untouched ? " was not changed: " : " is ") + target.attributes() + ", expected "
                            + wanted.attributes());
        } else if (wanted.revision() != null
                && target.revision() != null
                && !Objects.equals(wanted.revision(), target.revision())) {
            findings.add(
                    Fault.WRONG,
                    "target " + name + " has revision " + target.revision() + ", expected " + wanted.revision());
        }
    }

    private void tooMuch(String name, Named target, Set<Map<String, Object>> twins) {
        if (before.targets().containsKey(target.id())) {
            findings.add(Fault.LOST, "target " + name + " was not deleted: " + target.target());
        } else if (twins.contains(target.target().attributes())) {
            findings.add(Fault.DUPLICATED, "target " + name + " is there beside its twin: " + target.target());
        } else {
            findings.add(Fault.PHANTOM, "target " + name + " is there: " + target.target());
        }
    }

    private static Map<String, List<Named>> named(Holdings holdings, Naming names) {
        Map<String, List<Named>> named = new TreeMap<>();
        holdings.targets()
                .forEach((id, target) -> named.computeIfAbsent(
                                Objects.requireNonNull(names.target(id)), name -> new ArrayList<>())
                        .add(new Named(id, target)));
        return named;
    }
}
