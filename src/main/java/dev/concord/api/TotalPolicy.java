package dev.concord.api;

/** Whether an answer says how many results there are in all pages: {@code _totalPagedResultsPolicy}. */
public enum TotalPolicy {
    /** It does not, and nobody counts. */
    NONE,
    /** As exact as it is cheap; Concord counts exactly here, too. */
    ESTIMATE,
    /** All results are counted, whatever that takes. */
    EXACT
}
