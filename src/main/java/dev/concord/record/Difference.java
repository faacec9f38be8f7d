package dev.concord.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes a wanted object from the one that is there, attribute by attribute in the order of the wanted
 * object, attributes that went away last.
 */
public record Difference(List<AttributeChange> changes) {

    public Difference {
        changes = List.copyOf(changes);
    }

    /**
     * Compares two objects by value. An absent attribute and a null one count as the same, because many stores cannot
     * tell them apart and an unchanged record must never look changed.
     *
     * @param unordered names the attributes whose lists compare in any order
     */
    public static Difference between(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after, Predicate<String> unordered) {
        List<AttributeChange> changes = new ArrayList<>();
        after.forEach((name, value) -> {
            Object old = before.get(name);
            boolean same = unordered.test(name) ? JsonValues.sameUnordered(old, value) : JsonValues.same(old, value);
            if (!same) {
                changes.add(new AttributeChange(name, old, value));
            }
        });
        before.forEach((name, value) -> {
            if (value != null && !after.containsKey(name)) {
                changes.add(new AttributeChange(name, value, null));
            }
        });
        return new Difference(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
