package dev.concord.api.openidm;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes of one request to one object set, each with a line in the audit trail: in the same transaction where the set
 * is in the platform database, and else before the write, which may then still be refused. Not safe for use by several
 * threads.
 */
final class TrailedWrites {

    private final ObjectSet set;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Actor actor;
    private boolean noted;

    TrailedWrites(ObjectSet set, AuditTrail trail, TransactionTemplate transaction, Actor actor) {
        this.set = set;
        this.trail = trail;
        this.transaction = transaction;
        this.actor = actor;
    }

    /**
     * Writes one object.
     *
     * @param id null when the store gives it
     * @param attributes the names of those that change
     */
    WriteOutcome write(AuditEvent event, @Nullable String id, Write write, Collection<String> attributes) {
        return set.inPlatformDatabase()
                ? together(event, id, write, attributes)
                : oneAfterTheOther(event, id, write, attributes);
    }

    private WriteOutcome together(AuditEvent event, @Nullable String id, Write write, Collection<String> attributes) {
        return Objects.requireNonNull(transaction.execute(status -> {
            WriteOutcome outcome = set.write(List.of(write)).getFirst();
            if (outcome instanceof WriteOutcome.Written written) {
                trail.add(actor, deed(event, id(id, written), attributes));
            } else {
                status.setRollbackOnly();
            }
            return outcome;
        }));
    }

    private WriteOutcome oneAfterTheOther(
            AuditEvent event, @Nullable String id, Write write, Collection<String> attributes) {
        if (!noted) {
            noted = true;
            trail.add(actor, deed(event, id, attributes));
        }
        WriteOutcome outcome = set.write(List.of(write)).getFirst();
        if (id == null && outcome instanceof WriteOutcome.Written written) {
            // Only now anybody knows what it is called.
            trail.add(actor, deed(event, id(null, written), attributes));
        }
        return outcome;
    }

    private static @Nullable String id(@Nullable String id, WriteOutcome.Written written) {
        return id == null && written.resource() != null ? written.resource().id() : id;
    }

    private Deed deed(AuditEvent event, @Nullable String id, Collection<String> attributes) {
        return Deed.to(id == null ? set.name() : set.name() + "/" + id, event)
                .with("attributes", attributes.isEmpty() ? null : List.copyOf(new TreeSet<>(attributes)));
    }
}
