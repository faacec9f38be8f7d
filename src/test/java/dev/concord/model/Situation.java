package dev.concord.model;

import java.util.List;

/** The thirteen situations, each with the action PingIDM takes by default and the others its editor offers. */
public enum Situation {
    CONFIRMED(Action.UPDATE),
    FOUND(Action.UPDATE, Action.LINK, Action.EXCEPTION),
    FOUND_ALREADY_LINKED(Action.EXCEPTION),
    ABSENT(Action.CREATE, Action.EXCEPTION),
    AMBIGUOUS(Action.EXCEPTION),
    MISSING(Action.EXCEPTION, Action.CREATE, Action.UNLINK, Action.DELETE),
    UNQUALIFIED(Action.DELETE, Action.UNLINK, Action.EXCEPTION),
    SOURCE_IGNORED(Action.IGNORE, Action.EXCEPTION),
    TARGET_IGNORED(Action.IGNORE, Action.DELETE, Action.UNLINK, Action.EXCEPTION),
    UNASSIGNED(Action.EXCEPTION, Action.DELETE),
    SOURCE_MISSING(Action.EXCEPTION, Action.DELETE, Action.UNLINK),
    LINK_ONLY(Action.EXCEPTION, Action.UNLINK),
    ALL_GONE(Action.IGNORE, Action.EXCEPTION);

    private final Action tableDefault;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Action> others;

    Situation(Action tableDefault, Action... others) {
        this.tableDefault = tableDefault;
        this.others = List.of(others);
    }

    public Action tableDefault() {
        return tableDefault;
    }

    List<Action> others() {
        return others;
    }
}
