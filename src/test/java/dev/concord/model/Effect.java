package dev.concord.model;

/** What an op did, or in an analysis would have done. */
public enum Effect {
    CREATED,
    UPDATED,
    UNCHANGED,
    DELETED,
    LINKED,
    REPOINTED,
    UNLINKED;

    /** Whether something was written. */
    public boolean isWrite() {
        return this != UNCHANGED;
    }
}
