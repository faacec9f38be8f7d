package dev.concord.explanation;

/** What came of asking a script or a condition. */
public enum Answer {
    YES,
    NO,
    /** It was asked and gave no answer; the message of the decision says why. */
    FAILED,
    NOT_ASKED
}
