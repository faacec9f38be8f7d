package dev.concord.model;

/** The scripts that a mapping hangs onto the steps of an action, in the order in which a CREATE comes by them. */
public enum Hook {
    ON_MAPPING("onMapping", Ending.ON_MAPPING_THREW, true),
    ON_CREATE("onCreate", Ending.ON_CREATE_THREW, true),
    ON_UPDATE("onUpdate", Ending.ON_UPDATE_THREW, true),
    ON_LINK("onLink", Ending.ON_LINK_THREW, false),
    POST_MAPPING("postMapping", Ending.POST_MAPPING_THREW, false),
    ON_DELETE("onDelete", Ending.ON_DELETE_THREW, false),
    ON_UNLINK("onUnlink", Ending.ON_UNLINK_THREW, false);

    private final String key;
    private final Ending threw;
    private final boolean changesTarget;

    Hook(String key, Ending threw, boolean changesTarget) {
        this.key = key;
        this.threw = threw;
        this.changesTarget = changesTarget;
    }

    /** Its name in a mapping. */
    public String key() {
        return key;
    }

    Ending threw() {
        return threw;
    }

    /**
     * Whether what it does to the target is written. Those whose changes are not belong to a change that really
     * happens.
     */
    boolean changesTarget() {
        return changesTarget;
    }
}
