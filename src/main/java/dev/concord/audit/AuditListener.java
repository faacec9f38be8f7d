package dev.concord.audit;

/** Is told of each line of the trail once it is committed. Called from several threads at once; must not throw. */
public interface AuditListener {

    AuditListener NONE = entry -> {};

    void noted(AuditEntry entry);

    /** Tells this one first, then another. */
    default AuditListener and(AuditListener other) {
        return entry -> {
            noted(entry);
            other.noted(entry);
        };
    }
}
