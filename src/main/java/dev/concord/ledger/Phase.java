package dev.concord.ledger;

/** The parts of a run that append segments, in their order. */
public enum Phase {
    SOURCE,
    TARGET,
    LINKS,
    DELETES
}
