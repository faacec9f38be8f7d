package dev.concord.api.openidm;

import dev.concord.api.Refusal;
import dev.concord.audit.AuditEvent;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.PatchOperations;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.UnreadableObject;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;

/**
 * Writes single objects of one set, optimistically: what somebody else changed in between is read again, unless the
 * client named the revision that it knows. Holds no locks between reading and writing.
 */
final class ObjectWrites {

    private static final int ATTEMPTS = 5;

    private final ObjectSet set;
    private final Visibility visibility;
    private final TrailedWrites writes;

    /** @param writes of the same set */
    ObjectWrites(ObjectSet set, Visibility visibility, TrailedWrites writes) {
        this.set = set;
        this.visibility = visibility;
        this.writes = writes;
    }

    /** The object with this id; status 404 when there is none. */
    static Resource read(ObjectSet set, String id) {
        Resource resource = find(set, id);
        if (resource == null) {
            throw Refusal.notFound("There is no such object in " + set.name() + ".");
        }
        return resource;
    }

    private static @Nullable Resource find(ObjectSet set, String id) {
        try {
            return set.fetch(List.of(id)).get(id);
        } catch (UnreadableObject e) {
            throw new Refusal(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "The object exists in " + set.name() + " but cannot be read: " + e.getMessage());
        }
    }

    /** @param id null when the body may name it, and else the store gives it */
    Resource create(@Nullable String id, Map<String, @Nullable Object> body) {
        String wanted = id != null ? id : body.get("_id") == null ? null : String.valueOf(body.get("_id"));
        if (wanted != null) {
            checkId(wanted, body);
            if (find(set, wanted) != null) {
                throw exists();
            }
        }
        Map<String, @Nullable Object> attributes = attributes(body);
        return patiently(() -> {
            Write create = new Write.Create(wanted, set.sealed(attributes, null));
            WriteOutcome outcome = writes.write(AuditEvent.OBJECT_CREATED, wanted, create, attributes.keySet());
            if (outcome instanceof WriteOutcome.Rejected rejected
                    && rejected.kind() == WriteOutcome.Kind.UNIQUE
                    && wanted != null
                    && find(set, wanted) != null) {
                throw exists();
            }
            return written(outcome);
        });
    }

    /** What became of an object that was put. */
    record Put(Resource resource, boolean created) {}

    /**
     * Replaces an object, or makes it. Without a precondition it does not matter which: when others make or remove it
     * at the same moment, the other one is done.
     */
    Put put(String id, Precondition precondition, Map<String, @Nullable Object> body) {
        checkId(id, body);
        if (precondition.fresh()) {
            return new Put(create(id, body), true);
        }
        if (precondition.match() != null) {
            return new Put(replace(id, precondition, body), false);
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            boolean there = find(set, id) != null;
            try {
                return new Put(there ? replace(id, precondition, body) : create(id, body), !there);
            } catch (Refusal refused) {
                boolean changed =
                        refused.status() == HttpStatus.PRECONDITION_FAILED || refused.status() == HttpStatus.NOT_FOUND;
                if (!changed) {
                    throw refused;
                }
            }
        }
        throw restless();
    }

    private Resource replace(String id, Precondition precondition, Map<String, @Nullable Object> body) {
        return change(AuditEvent.OBJECT_UPDATED, id, precondition, before -> replacement(before, body));
    }

    Resource patch(String id, Precondition precondition, @Nullable Object operations) {
        return change(AuditEvent.OBJECT_PATCHED, id, precondition, before -> {
            Map<String, @Nullable Object> patched = JsonValues.copyOf(before.content());
            try {
                checkFields(operations);
                PatchOperations.apply(patched, operations);
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest(String.valueOf(e.getMessage()));
            }
            return patched;
        });
    }

    /** The object as it was. */
    Resource delete(String id, Precondition precondition) {
        return patiently(() -> {
            Resource before = read(set, id);
            precondition.check(before);
            String revision = precondition.wantsRevision() ? before.revision() : null;
            WriteOutcome outcome =
                    writes.write(AuditEvent.OBJECT_DELETED, id, new Write.Delete(id, revision), List.of());
            if (outcome instanceof WriteOutcome.Stale) {
                return null;
            }
            if (outcome instanceof WriteOutcome.Rejected rejected) {
                throw refused(rejected);
            }
            return before;
        });
    }

    private Resource change(
            AuditEvent event,
            String id,
            Precondition precondition,
            Function<Resource, Map<String, @Nullable Object>> change) {
        return patiently(() -> {
            Resource before = read(set, id);
            precondition.check(before);
            Map<String, @Nullable Object> content = set.sealed(change.apply(before), before);
            return written(writes.write(event, id, new Write.Update(before, content), changed(before, content)));
        });
    }

    /** Something that is tried again while it answers null, because somebody else was faster. */
    private interface Attempt {
        @Nullable
        Resource once();
    }

    private static Resource patiently(Attempt attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                Resource done = attempt.once();
                if (done != null) {
                    return done;
                }
            } catch (PessimisticLockingFailureException inTheWay) {
                // Somebody else writes it right now.
            }
        }
        throw restless();
    }

    private static Refusal restless() {
        return Refusal.conflict("The object is being changed by others all the time; try again.");
    }

    private @Nullable Resource written(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written(@Nullable Resource resource) -> resource;
            case WriteOutcome.Stale _, WriteOutcome.NotDone _ -> null;
            case WriteOutcome.Rejected rejected -> throw refused(rejected);
        };
    }

    private static Refusal refused(WriteOutcome.Rejected rejected) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("kind", rejected.kind().name());
        detail.put("attribute", rejected.attribute());
        return new Refusal(
                rejected.kind() == WriteOutcome.Kind.UNIQUE ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST,
                rejected.message(),
                detail);
    }

    private Refusal exists() {
        return Refusal.preconditionFailed("There is an object with this id in " + set.name() + " already.");
    }

    /** What is not shown to the client stays as it is unless the body has it. */
    private Map<String, @Nullable Object> replacement(Resource before, Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> content = attributes(body);
        before.content().forEach((name, value) -> {
            if (visibility.isSecret(name, value) && !content.containsKey(name)) {
                content.put(name, value);
            }
        });
        return content;
    }

    private List<String> changed(Resource before, Map<String, @Nullable Object> content) {
        return Difference.between(before.content(), content, set.schema()::isUnordered).changes().stream()
                .map(AttributeChange::attribute)
                .toList();
    }

    private static Map<String, @Nullable Object> attributes(Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>(body);
        attributes.remove("_id");
        attributes.remove("_rev");
        return attributes;
    }

    private static void checkId(String id, Map<String, @Nullable Object> body) {
        if (id.isBlank()) {
            throw Refusal.badRequest("An id must not be blank.");
        }
        if (body.get("_id") != null && !id.equals(body.get("_id"))) {
            throw Refusal.badRequest("The body's _id is not that of the address; an object keeps its id.");
        }
    }

    private static void checkFields(@Nullable Object operations) {
        if (operations instanceof List<?> list) {
            for (Object operation : list) {
                if (operation instanceof Map<?, ?> map && map.get("field") instanceof String field) {
                    String attribute = Pointer.of(field).attribute();
                    if (attribute.isEmpty() || attribute.equals("_id") || attribute.equals("_rev")) {
                        throw new IllegalArgumentException(
                                "A patch changes attributes; its fields cannot be the whole object, _id or _rev.");
                    }
                }
            }
        }
    }
}
