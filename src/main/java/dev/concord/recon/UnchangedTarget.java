package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.link.Link;
import dev.concord.record.AttributeChange;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a target is still what a run made of it, as far as the run's entry and the store let it be seen.
 * Belongs to one attempt at a page.
 */
final class UnchangedTarget {

    private final ObjectSet target;
    private final ObjectSchema schema;
    private final OwnWrites own;

    UnchangedTarget(ObjectSet target, OwnWrites own) {
        this.target = target;
        this.schema = target.schema();
        this.own = own;
    }

    /** Makes sure that nobody has changed since what is to be taken back. */
    void check(Op op, Entry entry, PageView view) {
        List<Measure> effects = entry.trace().effects();
        Resource now = op.targetBefore;
        if (own.isAssumed(entry)) {
            return;
        }
        if (effects.contains(Measure.CREATED)) {
            checkCreated(op, entry, view);
        } else if (effects.contains(Measure.DELETED)) {
            if (now != null) {
                throw Reversal.changed("The target exists again.");
            }
        } else if (effects.contains(Measure.UPDATED)) {
            if (now == null) {
                throw Reversal.changed("The target is gone.");
            }
            throwIfAny(changedSince(entry, now), "not what the run wrote any more.");
        }
    }

    private void checkCreated(Op op, Entry entry, PageView view) {
        Resource now = op.targetBefore;
        if (now == null) {
            op.say("The target is gone already.");
            return;
        }
        for (Link link : view.linksOfTarget(now.id())) {
            boolean made = entry.trace().links().stream()
                    .anyMatch(change -> change.after() != null
                            && Objects.requireNonNullElse(change.qualifier(), op.qualifier)
                                    .equals(link.qualifier()));
            if (!made) {
                throw Reversal.changed("The target is linked to source " + link.sourceId()
                        + " under the link qualifier " + link.qualifier() + " now.");
            }
        }
        if (own.isAsLeft(entry, now)) {
            return;
        }
        throwIfAny(othersThanCreated(entry, now), "not what the run wrote any more.");
        boolean moved = entry.trace().revision() != null && now.revision() != null;
        if (moved && !own.isCertain(entry, now)) {
            throw Reversal.changed("The target has been written since.");
        }
    }

    private static void throwIfAny(List<String> attributes, String what) {
        if (!attributes.isEmpty()) {
            throw Reversal.changed(String.join(", ", attributes) + (attributes.size() == 1 ? " is " : " are ") + what);
        }
    }

    /** The attributes that an update wrote and that hold something else now, as far as it can be seen. */
    private List<String> changedSince(Entry entry, Resource now) {
        Map<String, @Nullable Object> wrote = written(entry);
        return entry.differences().stream()
                .map(AttributeChange::attribute)
                .filter(name -> wrote.containsKey(name) && !isSame(name, wrote.get(name), now))
                .toList();
    }

    /** The attributes of a created target that are not as the run wrote them. */
    private List<String> othersThanCreated(Entry entry, Resource now) {
        Map<String, @Nullable Object> wrote = written(entry);
        Set<String> names = new LinkedHashSet<>();
        entry.differences().forEach(change -> {
            Object value = now.content().get(change.attribute());
            boolean same = wrote.containsKey(change.attribute())
                    ? isSame(change.attribute(), wrote.get(change.attribute()), now)
                    : value != null || IntentText.isWriteOnly(schema, change.attribute());
            if (!same) {
                names.add(change.attribute());
            }
        });
        Set<String> known = new LinkedHashSet<>();
        entry.differences().forEach(change -> known.add(change.attribute()));
        now.content().forEach((name, value) -> {
            if (value != null && !known.contains(name) && !now.id().equals(String.valueOf(value))) {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }

    /** What the op wrote, as far as that was kept and can be read. */
    private Map<String, @Nullable Object> written(Entry entry) {
        Map<String, @Nullable Object> wrote = new LinkedHashMap<>();
        for (AttributeChange change : entry.differences()) {
            if (!EntryView.isWithheld(change.after()) && !IntentText.isWriteOnly(schema, change.attribute())) {
                wrote.put(change.attribute(), change.after());
            }
        }
        return target.asStored(wrote);
    }

    private boolean isSame(String name, @Nullable Object value, Resource now) {
        Object held = now.content().get(name);
        return schema.isUnordered(name) ? JsonValues.sameUnordered(value, held) : JsonValues.same(value, held);
    }
}
