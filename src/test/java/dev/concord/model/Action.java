package dev.concord.model;

/** The ten actions. */
public enum Action {
    CREATE,
    UPDATE,
    LINK,
    DELETE,
    UNLINK,
    EXCEPTION,
    IGNORE,
    REPORT,
    NOREPORT,
    ASYNC;

    /** Whether it is only planned in its phase and done in the deletes step. */
    public boolean isPlanned() {
        return this == DELETE || this == UNLINK;
    }

    /** Whether the rule's post-action runs after it. */
    public boolean hasPostAction() {
        return switch (this) {
            case CREATE, UPDATE, LINK, DELETE, UNLINK, REPORT, NOREPORT -> true;
            case EXCEPTION, IGNORE, ASYNC -> false;
        };
    }

    /** Whether a report line is written for it when it succeeds. */
    public boolean hasEntry() {
        return this != NOREPORT && this != ASYNC;
    }
}
