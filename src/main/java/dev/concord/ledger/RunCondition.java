package dev.concord.ledger;

/** Why a run that is not active ended as it did, where its state does not say it. */
public enum RunCondition {
    /** Something it needs was down; the run can be continued. */
    INFRASTRUCTURE,
    /** The process that ran it is gone. */
    LEASE_EXPIRED,
    /** Somebody asked it to stop; it can be continued. */
    STOPPED,
    /** A guard stopped it before, or while, it did what the guard watches; somebody has to say whether it may go on. */
    WAITING_FOR_APPROVAL,
    /** Somebody said no to what it waited for; it never goes on. */
    DENIED,
    /** A newer full run on the same links took its place; it never goes on. */
    SUPERSEDED,
    /** What it had done was taken back; it never goes on. */
    TAKEN_BACK;

    /** Whether a run that ended so never goes on. */
    public boolean isFinal() {
        return switch (this) {
            case INFRASTRUCTURE, LEASE_EXPIRED, STOPPED, WAITING_FOR_APPROVAL -> false;
            case DENIED, SUPERSEDED, TAKEN_BACK -> true;
        };
    }
}
