package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.link.Link;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
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

/** Writes targets as they were before an op of another run. Belongs to one attempt at a page. */
final class TargetReversal {

    private final RunContext context;
    private final ObjectSet target;
    private final ObjectSchema schema;
    private final OwnWrites own;

    TargetReversal(RunContext context, OwnWrites own) {
        this.context = context;
        this.target = context.target();
        this.schema = target.schema();
        this.own = own;
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
        if (own.isAssumed(entry)) {
            op.differences = inverse(entry);
        } else if (now == null) {
            return;
        } else {
            if (!schema.unread().isEmpty() && target.holdsUnread(now.id())) {
                throw Reversal.changed("The target holds something that records cannot hold, and that the run has not"
                        + " written (" + String.join(", ", schema.unread()) + ").");
            }
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
            if (schema.given().contains(change.attribute())) {
                continue;
            }
            if (EntryView.isWithheld(change.before())) {
                lost.add(change.attribute());
            } else {
                content.put(change.attribute(), change.before());
            }
        }
        entry.trace().nulls().stream()
                .filter(name -> !schema.given().contains(name))
                .forEach(name -> content.put(name, null));
        schema.attributes().keySet().stream()
                .filter(name -> IntentText.isWriteOnly(schema, name))
                .forEach(lost::add);
        List<String> needed = lost.stream().filter(schema::isRequired).toList();
        if (!needed.isEmpty()) {
            throw new OpFailure(
                    Outcome.DATA,
                    String.join(", ", needed) + " was not kept, and the target cannot be without: it cannot come back."
                            + " Make it again by hand, or by the mapping.",
                    null);
        }
        sayOf(op, lost, "was not kept and is missing.", "were not kept and are missing.");
        if (!schema.unread().isEmpty()) {
            op.say("What it held in " + String.join(", ", schema.unread()) + " could not be kept and is missing.");
        }
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
        boolean certain = now != null && own.isCertain(entry, now);
        for (AttributeChange change : entry.differences()) {
            String name = change.attribute();
            if (schema.given().contains(name)) {
                continue;
            }
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
        if (own.isAssumed(entry)) {
            op.differences = inverse(entry);
            op.effects.add(Measure.UPDATED);
            return;
        }
        Resource before = Objects.requireNonNull(now);
        op.differences = difference(before.content(), target.asStored(content));
        if (op.differences.isEmpty()) {
            return;
        }
        Link link = OpDecider.ownLink(op, view);
        // What the link remembers of secrets stays true: they stay as they are.
        op.digests = link == null ? Map.of() : link.digests();
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
}
