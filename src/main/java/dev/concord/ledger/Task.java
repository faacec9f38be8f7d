package dev.concord.ledger;

/**
 * What the time of a page goes into. Together the tasks make up all of it: what one of them does for another counts for
 * the inner one only, so that a transform is time of the scripts, not of the projection.
 */
public enum Task {
    /** Reading source or target records. */
    READ("read"),
    LINK_LOOKUP("linkLookup"),
    TARGET_LOOKUP("targetLookup"),
    /** Finding candidates; the scripts that say what to look for count as scripts. */
    CORRELATION("correlation"),
    SCRIPTS("scripts"),
    /** Building the wanted targets and comparing them with the ones that are there. */
    PROJECTION("projection"),
    /** Everything else that decides: situations, rules, the page's own view of what it wants to write. */
    DECISION("decision"),
    /** Writing links and targets. */
    WRITE("write"),
    /** Writing the page's segment and entries. */
    LEDGER("ledger"),
    COMMIT("commit");

    private final String key;

    Task(String key) {
        this.key = key;
    }

    /** The name in JSON and metrics. */
    public String key() {
        return key;
    }
}
