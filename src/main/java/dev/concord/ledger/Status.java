package dev.concord.ledger;

/** What reports say of an op: whether it went well, whoever is to blame if it did not. */
public enum Status {
    SUCCESS,
    FAILURE,
    PLANNED,
    OBSOLETE;

    public static Status of(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> SUCCESS;
            case PLANNED -> PLANNED;
            case OBSOLETE -> OBSOLETE;
            case RULE, SCRIPT, DATA, TARGET, WITHHELD, CHANGED -> FAILURE;
        };
    }
}
