package dev.concord.model;

/** What kind of trouble a failed op had. */
public enum ErrorKind {
    /** The rule's action is EXCEPTION. */
    RULE,
    /** A script threw, or returned something it must not. */
    SCRIPT,
    /** The record cannot be read, comes twice, or does not allow the action. */
    DATA,
    /** The target refused the write. */
    TARGET,
    /** Not done because source records could not be assessed. */
    WITHHELD
}
