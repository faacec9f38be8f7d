package dev.concord.oracle;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Outcome;
import dev.concord.mapping.Action;
import dev.concord.oracle.Account.Line;
import dev.concord.oracle.Findings.Fault;
import dev.concord.oracle.Holdings.Target;
import dev.concord.record.AttributeChange;
import dev.concord.record.JsonValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plays the entries on the targets as they were, and looks whether that gives the targets as they are. */
final class TargetExplanation {

    private final Findings findings;
    private final Holdings before;
    private final Map<String, Played> targets = new HashMap<>();

    TargetExplanation(Findings findings, Holdings before, List<Account> accounts) {
        this.findings = findings;
        this.before = before;
        before.targets().forEach((id, target) -> targets.put(id, new Played(target)));
        for (Account account : accounts) {
            if (!account.run().analysis()) {
                account.lines().stream().filter(Line::applies).forEach(line -> play(line.entry()));
            }
        }
    }

    /** A target on its way through the entries. */
    private static final class Played {

        private final Map<String, Object> attributes;
        private final Set<String> withheld = new HashSet<>();
        private boolean touched;
        private boolean made;
        private boolean gone;
        /** Deleted by an entry without differences: there was nothing to show, or nothing to delete. */
        private boolean perhapsGone;

        Played(Target target) {
            this.attributes = new LinkedHashMap<>(target.attributes());
        }
    }

    private void play(Entry entry) {
        String id = entry.targetId();
        if (id == null) {
            return;
        }
        Played target = targets.get(id);
        boolean there = target != null && !target.gone;
        if (entry.action() == Action.CREATE) {
            if (there) {
                findings.add(Fault.UNEXPLAINED, "an entry creates target " + id + ", which was there: " + entry);
            }
            Played made = new Played(Target.of(Map.of(), null));
            made.made = true;
            made.touched = true;
            targets.put(id, made);
            change(made, entry);
        } else if (entry.action() == Action.DELETE && entry.outcome() == Outcome.SUCCESS) {
            delete(target, entry);
        } else if (!entry.differences().isEmpty()) {
            if (target == null || target.gone) {
                findings.add(Fault.UNEXPLAINED, "an entry changes target " + id + ", which was not there: " + entry);
            } else {
                target.touched = true;
                change(target, entry);
            }
        }
    }

    private void delete(@Nullable Played target, Entry entry) {
        if (entry.differences().isEmpty()) {
            if (target != null) {
                target.perhapsGone = target.attributes.isEmpty();
            }
        } else if (target == null || target.gone) {
            findings.add(
                    Fault.UNEXPLAINED,
                    "an entry deletes target " + entry.targetId() + ", which was not there: " + entry);
        } else {
            target.touched = true;
            target.gone = true;
        }
    }

    private void change(Played target, Entry entry) {
        for (AttributeChange change : entry.differences()) {
            String name = change.attribute();
            boolean hidden = EntryView.isWithheld(change.before()) || EntryView.isWithheld(change.after());
            if (hidden) {
                target.withheld.add(name);
            } else if (!target.withheld.contains(name) && !same(target.attributes.get(name), change.before())) {
                findings.add(
                        Fault.UNEXPLAINED,
                        "an entry says that " + name + " of target " + entry.targetId() + " was " + change.before()
                                + ", it was " + target.attributes.get(name));
            }
            Object value = JsonValues.key(change.after());
            if (value == null) {
                target.attributes.remove(name);
            } else {
                target.attributes.put(name, value);
            }
        }
    }

    void explain(Holdings after) {
        targets.forEach((id, played) -> {
            Target target = after.targets().get(id);
            if (target == null) {
                if (!played.gone && !played.perhapsGone) {
                    findings.add(
                            Fault.UNEXPLAINED,
                            "target " + id
                                    + (played.made
                                            ? " was made and is not there"
                                            : " is gone, and no entry deletes it"));
                }
            } else if (played.gone) {
                findings.add(Fault.UNEXPLAINED, "target " + id + " was deleted by an entry and is there");
            } else {
                explain(id, played, target);
            }
        });
        after.targets().keySet().stream()
                .filter(id -> !targets.containsKey(id))
                .forEach(id -> findings.add(Fault.UNEXPLAINED, "target " + id + " is there, and no entry makes it"));
    }

    private void explain(String id, Played played, Target target) {
        Set<String> names = new TreeSet<>(played.attributes.keySet());
        if (!played.made) {
            // What a store adds to a new object by itself is its own.
            names.addAll(target.attributes().keySet());
        }
        for (String name : names) {
            Object value = target.attributes().get(name);
            if (!played.withheld.contains(name) && !same(played.attributes.get(name), value)) {
                findings.add(
                        Fault.UNEXPLAINED,
                        name + " of target " + id + " is " + value + ", by the entries " + played.attributes.get(name));
            }
        }
        Target old = before.targets().get(id);
        if (old != null && !played.touched && !Objects.equals(old.revision(), target.revision())) {
            findings.add(Fault.UNEXPLAINED, "target " + id + " was written, and no entry changes it");
        }
    }

    /** Stores spell some values in their own way, and lists may come back in another order. */
    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return JsonValues.sameUnordered(left, right)
                || (left != null && right != null && String.valueOf(left).equals(String.valueOf(right)))
                || (JsonValues.isEmpty(left) && JsonValues.isEmpty(right));
    }
}
