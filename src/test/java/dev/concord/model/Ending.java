package dev.concord.model;

import static dev.concord.model.ErrorKind.DATA;
import static dev.concord.model.ErrorKind.RULE;
import static dev.concord.model.ErrorKind.SCRIPT;
import static dev.concord.model.ErrorKind.TARGET;
import static dev.concord.model.ErrorKind.WITHHELD;

import org.jspecify.annotations.Nullable;

/** All the ways an op can end: what coverage is counted by, and what a failed op's kind follows from. */
public enum Ending {
    // Done
    CREATED_AND_LINKED(null),
    CREATED_AND_LINK_REPOINTED(null),
    CREATED_WITHOUT_LINKS(null),
    CREATED_AT_THE_SECOND_TRY(null),
    UPDATED(null),
    UNCHANGED(null),
    LINKED_AND_UPDATED(null),
    LINKED_AND_UNCHANGED(null),
    UPDATED_AT_THE_SECOND_TRY(null),
    LINKED(null),
    LINK_NOTHING_TO_DO(null),
    DELETED_AND_UNLINKED(null),
    DELETED_WITHOUT_LINK(null),
    DELETE_NO_TARGET_ONLY_UNLINKED(null),
    DELETE_SEVERAL_TARGETS_NOTHING_DONE(null),
    DELETE_NOTHING_TO_DO(null),
    UNLINKED(null),
    UNLINK_NOTHING_TO_DO(null),
    DELETE_NO_LONGER_GIVEN(null),
    UNLINK_NO_LONGER_GIVEN(null),
    IGNORED(null),
    REPORTED(null),
    NOT_REPORTED(null),
    LEFT_TO_OTHERS(null),

    // Failed before the situation was known
    UNREADABLE_WITHOUT_ID(DATA),
    UNREADABLE_WITH_ID(DATA),
    DUPLICATE(DATA),
    LABELS_THREW(SCRIPT),
    LABELS_NO_LIST(SCRIPT),
    VALID_SOURCE_THREW(SCRIPT),
    VALID_SOURCE_NO_BOOLEAN(SCRIPT),
    VALID_TARGET_THREW(SCRIPT),
    VALID_TARGET_NO_BOOLEAN(SCRIPT),
    SOURCE_CONDITION_THREW(SCRIPT),
    CORRELATION_THREW(SCRIPT),
    CORRELATION_NO_FILTER(SCRIPT),
    CORRELATION_NO_LIST(SCRIPT),

    // Failed before the action was known
    RULE_CONDITION_THREW(SCRIPT),
    ACTION_THREW(SCRIPT),
    ACTION_NULL(SCRIPT),
    ACTION_UNKNOWN(SCRIPT),

    // Failed in, or instead of, the action
    RAISED(RULE),
    WITHHELD_SOURCE_MISSING(WITHHELD),
    WITHHELD_UNASSIGNED(WITHHELD),
    CREATE_WITHOUT_SOURCE(DATA),
    CREATE_ON_EXISTING_TARGET(DATA),
    UPDATE_WITHOUT_TARGET(DATA),
    UPDATE_WITHOUT_SOURCE(DATA),
    UPDATE_OF_GONE_TARGET(DATA),
    UPDATE_CHANGES_ID(DATA),
    LINK_WITHOUT_TARGET(DATA),
    LINK_WITHOUT_SOURCE(DATA),
    LINK_TO_GONE_TARGET(DATA),
    TARGET_LINKED_TO_ANOTHER_SOURCE(DATA),
    ROW_CONDITION_THREW(SCRIPT),
    TRANSFORM_THREW(SCRIPT),
    ON_MAPPING_THREW(SCRIPT),
    ON_CREATE_THREW(SCRIPT),
    ON_UPDATE_THREW(SCRIPT),
    ON_LINK_THREW(SCRIPT),
    POST_MAPPING_THREW(SCRIPT),
    ON_DELETE_THREW(SCRIPT),
    ON_UNLINK_THREW(SCRIPT),
    CREATE_VALUE_TAKEN(TARGET),
    UPDATE_VALUE_TAKEN(TARGET),
    POST_ACTION_THREW(SCRIPT);

    private final @Nullable ErrorKind kind;

    Ending(@Nullable ErrorKind kind) {
        this.kind = kind;
    }

    /** Null when the op succeeded. */
    public @Nullable ErrorKind kind() {
        return kind;
    }

    boolean isValueTaken() {
        return this == CREATE_VALUE_TAKEN || this == UPDATE_VALUE_TAKEN;
    }
}
