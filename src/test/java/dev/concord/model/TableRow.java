package dev.concord.model;

/** The rows of the situation tables, in the order of the tables; a row that says "or" has a constant for each case. */
public enum TableRow {
    SOURCE_LINKED_TARGET_THERE(Situation.CONFIRMED),
    SOURCE_LINKED_TARGET_GONE(Situation.MISSING),
    SOURCE_NO_CORRELATION(Situation.ABSENT),
    SOURCE_TARGET_SET_WAS_EMPTY(Situation.ABSENT),
    SOURCE_NO_HIT(Situation.ABSENT),
    SOURCE_ONE_HIT(Situation.FOUND),
    SOURCE_ONE_HIT_LINKED(Situation.FOUND_ALREADY_LINKED),
    SOURCE_SEVERAL_HITS(Situation.AMBIGUOUS),
    UNQUALIFIED_SOURCE_LINKED_TARGET_THERE(Situation.UNQUALIFIED),
    UNQUALIFIED_SOURCE_LINKED_TARGET_GONE(Situation.UNQUALIFIED),
    UNQUALIFIED_SOURCE_NO_CORRELATION(Situation.SOURCE_IGNORED),
    UNQUALIFIED_SOURCE_TARGET_SET_WAS_EMPTY(Situation.SOURCE_IGNORED),
    UNQUALIFIED_SOURCE_NO_HIT(Situation.SOURCE_IGNORED),
    UNQUALIFIED_SOURCE_ONE_HIT(Situation.UNQUALIFIED),
    UNQUALIFIED_SOURCE_ONE_HIT_LINKED(Situation.SOURCE_IGNORED),
    UNQUALIFIED_SOURCE_SEVERAL_HITS(Situation.UNQUALIFIED),
    GONE_LINKED_TARGET_VALID(Situation.SOURCE_MISSING),
    GONE_LINKED_TARGET_NOT_VALID(Situation.TARGET_IGNORED),
    GONE_LINKED_TARGET_GONE(Situation.LINK_ONLY),
    GONE_NOT_LINKED(Situation.ALL_GONE),
    TARGET_NOT_VALID(Situation.TARGET_IGNORED),
    TARGET_NOT_LINKED(Situation.UNASSIGNED),
    TARGET_SOURCE_GONE(Situation.SOURCE_MISSING),
    TARGET_SOURCE_NOT_VALID(Situation.UNQUALIFIED),
    TARGET_QUALIFIER_NO_LONGER_USED(Situation.UNQUALIFIED),
    TARGET_SOURCE_VALID(Situation.CONFIRMED),
    LINK_BOTH_GONE(Situation.LINK_ONLY);

    private final Situation situation;

    TableRow(Situation situation) {
        this.situation = situation;
    }

    public Situation situation() {
        return situation;
    }
}
