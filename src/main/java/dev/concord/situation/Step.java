package dev.concord.situation;

/** One step of an action. Their order within an action is {@link ActionSteps}' business. */
public enum Step {
    /** Property rows onto an empty object or onto a copy of the current target. */
    PROJECT,
    ON_MAPPING,
    ON_CREATE,
    CREATE_TARGET,
    ON_UPDATE,
    UPDATE_TARGET,
    ON_LINK,
    CREATE_LINK,
    /** Whoever else is linked to the target loses that link. */
    TAKE_OVER,
    /** The record's link exists and shall point to another target. */
    REPOINT_LINK,
    POST_MAPPING,
    ON_DELETE,
    DELETE_TARGET,
    ON_UNLINK,
    REMOVE_LINK
}
