package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.ledger.Outcome;
import dev.concord.link.Links;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.AttributeChange;
import dev.concord.record.CompareKey;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells from an object as it is now whether an intended write has happened. Safe for use by several threads. */
final class Standing {

    /** More objects than that with equal values are not looked through. */
    private static final int LOOKALIKES = 100;

    private final ObjectSet target;
    private final ObjectSchema schema;
    private final Links links;

    Standing(ObjectSet target, Links links) {
        this.target = target;
        this.links = links;
        this.schema = target.schema();
    }

    enum How {
        /** The object is as the write leaves it. */
        DONE,
        /** The object is as it was before the write. */
        OPEN,
        /** It is neither: somebody else was there. */
        CHANGED,
        /** The target refused the write, and a later op of the page wrote the object then. */
        REFUSED
    }

    /** Why something that was decided could not be done. */
    static OpFailure unfinished(String why) {
        return new OpFailure(
                Outcome.TARGET,
                "What was decided before the run was interrupted could not be finished. " + why
                        + " A new run decides anew.",
                null);
    }

    /**
     * The object that an intent is about, as it is; null when there is none. Where the store gives the ids, the new
     * object is the one that holds what it was to hold, was not there before, and is not linked. Of several it is the
     * oldest, which most of the others were begun behind: the next ones are theirs.
     *
     * @param page the open intents of the page
     */
    @Nullable
    Resource now(Intent intent, Collection<Intent> page) {
        String id = intent.writtenId();
        if (id != null) {
            return Fetched.of(target, List.of(id)).get(id);
        }
        List<Resource> lookalikes = lookalikes((Write.Create) intent.write());
        if (lookalikes.size() > LOOKALIKES) {
            throw unfinished("More than " + LOOKALIKES + " objects look like the new one.");
        }
        return lookalikes.stream()
                .filter(object -> !intent.there().contains(object.id()) && !isLinked(object, intent))
                .max(Comparator.comparing(object -> page.stream()
                        .filter(other -> other.there().contains(object.id()))
                        .count()))
                .orElse(null);
    }

    private boolean isLinked(Resource object, Intent intent) {
        CompareKey key = links.type().targetKey(object.id());
        return links.ofTargets(List.of(key)).getOrDefault(key, List.of()).stream()
                .anyMatch(link -> link.qualifier().equals(intent.key().qualifier()));
    }

    /**
     * @param follower a later op of the page that was about to write the same object, or null: what it saw tells
     *     whether this write had happened by then
     * @param now the object as it is, or null when there is none
     */
    How of(Intent intent, @Nullable Intent follower, @Nullable Resource now) {
        if (follower == null) {
            return of(intent, now);
        }
        if (isBehind(follower, intent)) {
            return How.DONE;
        }
        return of(follower, now) == How.OPEN ? of(intent, now) : How.REFUSED;
    }

    /** Whether an op was decided on what another one had written. */
    private boolean isBehind(Intent follower, Intent intent) {
        Resource before = intent.before();
        Resource then = follower.before();
        if (before == null || then == null) {
            return (before == null) != (then == null);
        }
        if (before.revision() != null && then.revision() != null) {
            return !before.revision().equals(then.revision());
        }
        return !Difference.between(before.content(), then.content(), schema::isUnordered)
                .isEmpty();
    }

    /** @param now the object as it is, or null when there is none */
    How of(Intent intent, @Nullable Resource now) {
        return switch (intent.write()) {
            case Write.Create create -> ofCreate(intent, create, now);
            case Write.Update update -> ofUpdate(intent, update, now);
            case Write.Delete delete -> ofDelete(intent, now);
        };
    }

    private How ofCreate(Intent intent, Write.Create create, @Nullable Resource now) {
        if (now == null || intent.there().contains(now.id())) {
            // An object that was there before makes the target refuse the new one.
            return How.OPEN;
        }
        return holds(create, now) ? How.DONE : How.CHANGED;
    }

    private boolean holds(Write.Create create, Resource now) {
        return target.asStored(create.content()).entrySet().stream()
                .filter(wanted -> wanted.getValue() != null && !IntentText.isWriteOnly(schema, wanted.getKey()))
                .allMatch(wanted ->
                        same(wanted.getKey(), wanted.getValue(), now.content().get(wanted.getKey())));
    }

    private How ofUpdate(Intent intent, Write.Update update, @Nullable Resource now) {
        if (now == null) {
            return How.CHANGED;
        }
        List<AttributeChange> changes = changes(update, target.asStored(update.content())).stream()
                .filter(change -> isKnown(change, intent))
                .toList();
        if (changes.isEmpty()) {
            // Nobody can see whether it was written; to write it again does no harm.
            return How.OPEN;
        }
        if (changes.stream().allMatch(change -> is(change.after(), change, now))) {
            return How.DONE;
        }
        return changes.stream().allMatch(change -> is(change.before(), change, now)) ? How.OPEN : How.CHANGED;
    }

    private How ofDelete(Intent intent, @Nullable Resource now) {
        if (now == null) {
            return How.DONE;
        }
        Resource before = Objects.requireNonNull(intent.before());
        boolean asItWas = before.revision() != null
                ? before.revision().equals(now.revision())
                : Difference.between(before.content(), now.content(), schema::isUnordered).changes().stream()
                        .noneMatch(change -> isKnown(change, intent));
        return asItWas ? How.OPEN : How.CHANGED;
    }

    /**
     * A write with the same effect on the object as it is now.
     *
     * @param write with the contents that were decided
     */
    Write onto(@Nullable Resource now, Write write) {
        if (now == null || !(write instanceof Write.Update update)) {
            return write;
        }
        Map<String, @Nullable Object> base = new LinkedHashMap<>(now.content());
        update.before().content().forEach((name, value) -> {
            if (IntentText.isWriteOnly(schema, name)) {
                base.put(name, value);
            }
        });
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>(base);
        changes(update, update.content()).forEach(change -> wanted.put(change.attribute(), change.after()));
        return new Write.Update(new Resource(now.id(), now.revision(), base), wanted);
    }

    /** Objects that hold what a new one was to hold, found by what is unique of it, or else by all that it has. */
    List<Resource> lookalikes(Write.Create create) {
        List<Filter> equalities = new ArrayList<>();
        List<Filter> unique = new ArrayList<>();
        target.asStored(create.content()).forEach((name, value) -> {
            AttributeDefinition attribute = schema.attributes().get(name);
            if (attribute != null
                    && !attribute.sensitive()
                    && (value instanceof String || value instanceof Boolean || value instanceof Number)) {
                Filter equality = new Filter.Comparison(new Pointer(List.of(name)), Filter.Operator.EQ, value);
                equalities.add(equality);
                if (attribute.unique()) {
                    unique.add(equality);
                }
            }
        });
        List<Filter> all = unique.isEmpty() ? equalities : unique;
        if (all.isEmpty()) {
            return List.of();
        }
        return target.find(List.of(new Filter.And(all)), LOOKALIKES).getFirst().stream()
                .filter(object -> holds(create, object))
                .toList();
    }

    private List<AttributeChange> changes(Write.Update update, Map<String, @Nullable Object> wanted) {
        return Difference.between(update.before().content(), wanted, schema::isUnordered)
                .changes();
    }

    private boolean isKnown(AttributeChange change, Intent intent) {
        return !intent.withheld().contains(change.attribute())
                && !IntentText.WITHHELD.equals(change.before())
                && !IntentText.isWriteOnly(schema, change.attribute());
    }

    private boolean is(@Nullable Object value, AttributeChange change, Resource now) {
        return same(change.attribute(), value, now.content().get(change.attribute()));
    }

    private boolean same(String attribute, @Nullable Object left, @Nullable Object right) {
        return schema.isUnordered(attribute) ? JsonValues.sameUnordered(left, right) : JsonValues.same(left, right);
    }
}
