package dev.concord.testing.fault;

/** What an object set can be asked for, and the commit of a transaction. */
public enum Operation {
    RANGES,
    SCAN,
    SCAN_IDS,
    FETCH,
    FIND,
    COUNT,
    WRITE,
    SNAPSHOT,
    PUBLISH,
    COMMIT
}
