package dev.concord.ledger;

/** What a run visits. */
public enum RunKind {
    /** Everything, with target phase and link phase. */
    FULL,
    /** The sources that an ad-hoc filter selects. */
    FILTER,
    /** Ids that were asked for, whether they exist or not. */
    SINGLE,
    /** One record, with an action that somebody chose in the place of the rules. */
    ACTION,
    /** The records that failed in another run. */
    FAILED,
    /** What another run, which only looked, planned to change. */
    APPLY,
    /** What another run changed, to take it back. */
    UNDO
}
