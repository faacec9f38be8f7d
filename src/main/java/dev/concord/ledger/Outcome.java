package dev.concord.ledger;

/** What became of one op. Most are failures, told apart by what is to blame. */
public enum Outcome {
    SUCCESS,
    /** A delete or unlink that was decided, or a write that lost against a unique value: done in the deletes step. */
    PLANNED,
    /** A rule says EXCEPTION. */
    RULE,
    SCRIPT,
    DATA,
    TARGET,
    /** Not done, because source records could not be assessed. */
    WITHHELD,
    /** Not done, because the record is no longer what it was when this was planned, or when it was written. */
    CHANGED,
    /** Was planned and is not done, because by now it is not what situation and rules give; no failure. */
    OBSOLETE;

    public boolean isFailure() {
        return switch (this) {
            case SUCCESS, PLANNED, OBSOLETE -> false;
            case RULE, SCRIPT, DATA, TARGET, WITHHELD, CHANGED -> true;
        };
    }
}
