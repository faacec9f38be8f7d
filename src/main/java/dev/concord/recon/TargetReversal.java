package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.link.Link;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The target's part of taking back what an op did. Belongs to one attempt at a page. */
final class TargetReversal {

    private final RunContext context;
    private final ObjectSet target;
    private final ObjectSchema schema;
    private final Rewritten rewritten;
    private final Rewritten here;

    /** @param here what an undo that only looks would have written in this attempt at the page */
    TargetReversal(RunContext context, Rewritten here) {
        this.context = context;
        this.target = context.target();
        this.schema = target.schema();
        this.rewritten = context.memory().rewritten;
        this.here = here;
    }

    /** What a target is called in the memory of an undo. */
    String name(String targetId) {
        return "target " + context.links().type().targetKey(targetId).text();
    }

    /** Makes sure that nobody has changed since what is to be taken back. */
    void check(Op op, Entry entry, PageView view) {
        List<Measure> effects = entry.trace().effects();
        Resource now = op.targetBefore;
        if (isAssumed(entry)) {
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
            boolean own = entry.trace().links().stream()
                    .anyMatch(change -> change.after() != null
                            && Objects.requireNonNullElse(change.qualifier(), op.qualifier)
                                    .equals(link.qualifier()));
            if (!own) {
                throw Reversal.changed("The target is linked to source " + link.sourceId()
                        + " under the link qualifier " + link.qualifier() + " now.");
            }
        }
        if (isAsLeft(entry, now)) {
            return;
        }
        throwIfAny(othersThanCreated(entry, now), "not what the run wrote any more.");
        boolean moved = entry.trace().revision() != null && now.revision() != null;
        if (moved && !rewritten.has(name(now.id()), now.revision())) {
            throw Reversal.changed("The target has been written since.");
        }
    }

    private static void throwIfAny(List<String> attributes, String what) {
        if (!attributes.isEmpty()) {
            throw Reversal.changed(String.join(", ", attributes) + (attributes.size() == 1 ? " is " : " are ") + what);
        }
    }

    /** Whether the revision says that the target is as the run left it. */
    private static boolean isAsLeft(Entry entry, Resource now) {
        String left = entry.trace().revision();
        return left != null && left.equals(now.revision());
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

    /**
     * Writes the target as it was before the op.
     *
     * @return the new id of an object that came back under another one; else null
     */
    @Nullable
    String write(Op op, Entry entry, PageView view, Effects effects) {
        List<Measure> did = entry.trace().effects();
        if (did.contains(Measure.CREATED)) {
            delete(op, entry, effects);
        } else if (did.contains(Measure.DELETED)) {
            return create(op, entry, effects);
        } else if (did.contains(Measure.UPDATED)) {
            update(op, entry, view, effects);
        }
        return null;
    }

    private void delete(Op op, Entry entry, Effects effects) {
        Resource now = op.targetBefore;
        if (isAssumed(entry)) {
            op.differences = inverse(entry);
        } else if (now == null) {
            return;
        } else {
            intend(op, new Write.Delete(now.id(), now.revision()), List.of(Step.DELETE_TARGET, Step.REMOVE_LINK));
            op.differences = difference(now.content(), Map.of());
            effects.deleteTarget(now);
        }
        op.effects.add(Measure.DELETED);
    }

    private @Nullable String create(Op op, Entry entry, Effects effects) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        Set<String> lost = new LinkedHashSet<>();
        for (AttributeChange change : entry.differences()) {
            if (EntryView.isWithheld(change.before())) {
                lost.add(change.attribute());
            } else {
                content.put(change.attribute(), change.before());
            }
        }
        entry.trace().nulls().forEach(name -> content.put(name, null));
        schema.attributes().keySet().stream()
                .filter(name -> IntentText.isWriteOnly(schema, name))
                .forEach(lost::add);
        sayOf(op, lost, "was not kept and is missing.", "were not kept and are missing.");
        String id = schema.clientIds() ? Objects.requireNonNull(entry.targetId()) : null;
        intend(op, new Write.Create(id, content), List.of(Step.CREATE_TARGET, Step.CREATE_LINK));
        op.differences = difference(Map.of(), content);
        Resource created = effects.createTarget(id, content);
        op.effects.add(Measure.CREATED);
        if (context.looking()) {
            return null;
        }
        op.targetId = created.id();
        op.targetWritten = created;
        if (created.id().equals(entry.targetId())) {
            return null;
        }
        op.say("It came back as " + created.id() + ", because the store gives ids itself.");
        return created.id();
    }

    private void update(Op op, Entry entry, PageView view, Effects effects) {
        Resource now = op.targetBefore;
        Map<String, @Nullable Object> content =
                now == null ? new LinkedHashMap<>() : new LinkedHashMap<>(now.content());
        Set<String> lost = new LinkedHashSet<>();
        Set<String> unsure = new LinkedHashSet<>();
        boolean certain = now != null && (isAsLeft(entry, now) || rewritten.has(name(now.id()), now.revision()));
        for (AttributeChange change : entry.differences()) {
            String name = change.attribute();
            if (EntryView.isWithheld(change.before()) || IntentText.isWriteOnly(schema, name)) {
                lost.add(name);
            } else if (EntryView.isWithheld(change.after()) && !certain) {
                unsure.add(name);
            } else if (change.before() != null || entry.trace().nulls().contains(name)) {
                content.put(name, change.before());
            } else {
                content.remove(name);
            }
        }
        sayOf(op, lost, "was not kept and stays as it is.", "were not kept and stay as they are.");
        sayOf(
                op,
                unsure,
                "may have been changed since and stays as it is.",
                "may have been changed since and stay as they are.");
        if (isAssumed(entry)) {
            op.differences = inverse(entry);
            op.effects.add(Measure.UPDATED);
            return;
        }
        Resource before = Objects.requireNonNull(now);
        op.differences = difference(before.content(), target.asStored(content));
        if (op.differences.isEmpty()) {
            return;
        }
        Link own = OpDecider.ownLink(op, view);
        // What the link remembers of secrets stays true: they stay as they are.
        op.digests = own == null ? Map.of() : own.digests();
        boolean linked = entry.trace().effects().contains(Measure.LINKS_CREATED);
        intend(
                op,
                new Write.Update(before, content),
                linked ? List.of(Step.UPDATE_TARGET, Step.REMOVE_LINK) : List.of(Step.UPDATE_TARGET));
        effects.updateTarget(before, content);
        op.targetWritten = new Resource(before.id(), null, content);
        op.effects.add(Measure.UPDATED);
    }

    private void intend(Op op, Write write, List<Step> steps) {
        if (!context.looking()) {
            op.write = write;
            op.steps = steps;
        }
    }

    private static void sayOf(Op op, Set<String> attributes, String one, String several) {
        if (!attributes.isEmpty()) {
            op.say(String.join(", ", attributes) + " " + (attributes.size() == 1 ? one : several));
        }
    }

    private List<AttributeChange> difference(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        return Difference.between(before, after, schema::isUnordered).changes();
    }

    private static List<AttributeChange> inverse(Entry entry) {
        return entry.differences().stream()
                .map(change -> new AttributeChange(change.attribute(), change.after(), change.before()))
                .toList();
    }

    /**
     * Whether an undo that only looks would have written the target before it came here, so that the target as it is
     * now says nothing.
     */
    private boolean isAssumed(Entry entry) {
        String id = entry.targetId();
        return context.looking() && id != null && (rewritten.has(name(id)) || here.has(name(id)));
    }

    // What was done so far

    void assume(Op op) {
        if (context.looking() && op.targetId != null) {
            here.note(name(op.targetId), null);
        }
    }

    void remember(Op op) {
        String id = op.targetId;
        if (id == null) {
            return;
        }
        switch (op.write) {
            case Write.Create create -> rewritten.note(name(id), op.revision);
            case Write.Update update ->
                remember(
                        id,
                        update.before().revision(),
                        op.revision,
                        Objects.requireNonNull(op.undone).trace().revision());
            case Write.Delete delete -> {}
            case null -> {
                if (context.looking()) {
                    rewritten.note(name(id), null);
                }
            }
        }
    }

    /** Only a target that nobody else had written can be told from one that others write from now on. */
    private void remember(String id, @Nullable String before, @Nullable String after, @Nullable String left) {
        boolean clean = before != null && (before.equals(left) || rewritten.has(name(id), before));
        rewritten.note(name(id), clean ? after : null);
    }

    /** Takes note of an op of this undo from before it was interrupted. */
    void remember(Entry own, Entry undone) {
        String id = own.targetId();
        String after = own.trace().revision();
        if (id == null || own.outcome().isFailure() || (after == null && !context.looking())) {
            return;
        }
        if (own.trace().effects().contains(Measure.CREATED)) {
            rewritten.note(name(id), after);
        } else if (own.trace().effects().contains(Measure.UPDATED)) {
            remember(id, before(after), after, undone.trace().revision());
        } else if (context.looking()) {
            rewritten.note(name(id), null);
        }
    }

    /** The revision before, where they are counted. */
    private static @Nullable String before(@Nullable String revision) {
        try {
            return revision == null ? null : String.valueOf(Long.parseLong(revision) - 1);
        } catch (NumberFormatException notCounted) {
            return null;
        }
    }
}
