package dev.concord.oracle;

import dev.concord.oracle.Findings.Fault;
import dev.concord.oracle.Holdings.LinkRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Expected links against those that are there, by qualifier and source. */
final class LinkComparison {

    private final Findings findings;
    private final Set<String> before = new HashSet<>();
    private final Naming wantedNames;
    private final Naming names;

    LinkComparison(Findings findings, Holdings before, Naming wantedNames, Naming names) {
        this.findings = findings;
        this.wantedNames = wantedNames;
        this.names = names;
        before.links().forEach(link -> this.before.add(text(link)));
    }

    /** @param link as it is in the database */
    private record Named(String target, LinkRow link) {}

    void compare(Holdings wanted, Holdings after) {
        Map<String, List<Named>> expected = named(wanted, wantedNames);
        Map<String, List<Named>> there = named(after, names);
        Set<String> keys = new HashSet<>(expected.keySet());
        keys.addAll(there.keySet());
        Set<String> taken = new HashSet<>();
        for (String key : keys) {
            compare(key, expected.getOrDefault(key, List.of()), there.getOrDefault(key, List.of()));
        }
        for (LinkRow link : after.links()) {
            if (!taken.add(link.qualifier() + " " + link.target())) {
                findings.add(Fault.DUPLICATED, "target " + link.target() + " has one more link: " + link);
            }
        }
    }

    private void compare(String key, List<Named> wanted, List<Named> found) {
        for (int i = found.size(); i < wanted.size(); i++) {
            findings.add(Fault.LOST, "link of " + key + " to " + wanted.get(i).target() + " is not there");
        }
        for (int i = wanted.size(); i < found.size(); i++) {
            Named link = found.get(i);
            Fault fault = !wanted.isEmpty()
                    ? Fault.DUPLICATED
                    : before.contains(text(link.link())) ? Fault.LOST : Fault.PHANTOM;
            findings.add(
                    fault,
                    "link of " + key + " to " + link.target()
                            + (fault == Fault.LOST ? " was not removed" : " is there, too"));
        }
        for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
            Named one = wanted.get(i);
            Named other = found.get(i);
            int revision = one.link().revision();
            if (!one.target().equals(other.target())) {
                findings.add(
                        Fault.WRONG, "link of " + key + " points to " + other.target() + ", expected " + one.target());
            } else if (revision >= 0
                    && other.link().revision() >= 0
                    && revision != other.link().revision()) {
                findings.add(Fault.WRONG, "link of " + key + " is " + other.link() + ", expected revision " + revision);
            }
        }
    }

    private static Map<String, List<Named>> named(Holdings holdings, Naming names) {
        Map<String, List<Named>> named = new TreeMap<>();
        for (LinkRow link : holdings.links()) {
            named.computeIfAbsent(
                            "source " + names.source(link.source()) + " (" + link.qualifier() + ")",
                            key -> new ArrayList<>())
                    .add(new Named(Objects.requireNonNull(names.target(link.target())), link));
        }
        named.values().forEach(links -> links.sort(Comparator.comparing(Named::target)));
        return named;
    }

    private static String text(LinkRow link) {
        return link.qualifier() + "|" + link.source() + "|" + link.target();
    }
}
