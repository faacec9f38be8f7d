package dev.concord.mapping;

/** What a threshold can be set for. */
public enum Guard {
    DELETES,
    UNLINKS,
    UPDATES,
    CREATES,
    FAILURES,
    SOURCE_SHRINK
}
