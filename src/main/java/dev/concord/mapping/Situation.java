package dev.concord.mapping;

/** What was found out about one record (and link qualifier): the thirteen situations of a reconciliation. */
public enum Situation {
    CONFIRMED(Action.UPDATE),
    FOUND(Action.UPDATE),
    FOUND_ALREADY_LINKED(Action.EXCEPTION),
    ABSENT(Action.CREATE),
    AMBIGUOUS(Action.EXCEPTION),
    MISSING(Action.EXCEPTION),
    UNQUALIFIED(Action.DELETE),
    SOURCE_IGNORED(Action.IGNORE),
    TARGET_IGNORED(Action.IGNORE),
    UNASSIGNED(Action.EXCEPTION),
    SOURCE_MISSING(Action.EXCEPTION),
    LINK_ONLY(Action.EXCEPTION),
    ALL_GONE(Action.IGNORE);

    private final Action engineDefault;

    Situation(Action engineDefault) {
        this.engineDefault = engineDefault;
    }

    /** The action PingIDM takes when no rule says otherwise. */
    public Action engineDefault() {
        return engineDefault;
    }
}
