package dev.concord.model;

/** Where an op was assessed. */
public enum Phase {
    SOURCE,
    TARGET,
    LINK
}
