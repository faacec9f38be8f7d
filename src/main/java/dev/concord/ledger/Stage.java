package dev.concord.ledger;

/** The stages of a run that users of PingIDM know, each with a description in plain words. */
public enum Stage {
    ACTIVE_INITIALIZED("preparing the run"),
    ACTIVE_QUERY_ENTRIES("opening the source and counting"),
    ACTIVE_RECONCILING_SOURCE("working through the source records"),
    ACTIVE_RECONCILING_TARGET("looking at targets that no source record accounted for"),
    ACTIVE_LINK_CLEANUP("looking for links whose source and target are both gone"),
    ACTIVE_PROCESSING_RESULTS("doing what was planned: deletes, unlinks, second tries"),
    ACTIVE_CANCELING("stopping at the end of the current page"),
    COMPLETED_SUCCESS("done"),
    COMPLETED_CANCELED("stopped before it was done"),
    COMPLETED_FAILED("failed");

    private final String description;

    Stage(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
