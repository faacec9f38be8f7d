package dev.concord.mapping;

/** What is done about a situation: the ten actions of a reconciliation. */
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

    /**
     * Whether the action is only planned in its phase and done in the deletes step, after the guards have judged it.
     */
    public boolean isPlanned() {
        return this == DELETE || this == UNLINK;
    }

    /** Whether the action may change a target or a link. */
    public boolean changes() {
        return switch (this) {
            case CREATE, UPDATE, LINK, DELETE, UNLINK -> true;
            case EXCEPTION, IGNORE, REPORT, NOREPORT, ASYNC -> false;
        };
    }

    /** Whether a rule's postAction runs after the action. */
    public boolean hasPostAction() {
        return switch (this) {
            case CREATE, UPDATE, LINK, DELETE, UNLINK, REPORT, NOREPORT -> true;
            case EXCEPTION, IGNORE, ASYNC -> false;
        };
    }
}
