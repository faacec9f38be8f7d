package dev.concord.ledger;

/** The states of a run that users of PingIDM know. */
public enum RunState {
    ACTIVE,
    SUCCESS,
    FAILED,
    CANCELED
}
