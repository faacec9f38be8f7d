package dev.concord.ledger;

/** What segments count besides their ops. */
public enum Measure {
    /** Records (source phase), targets, links or planned ops that were worked through. */
    RECORDS,
    OPS,
    CREATED,
    UPDATED,
    UNCHANGED,
    DELETED,
    LINKS_CREATED,
    /** Links that were made for a target that was there before; also counted as created. */
    LINKS_TO_EXISTING,
    LINKS_REPOINTED,
    LINKS_REMOVED,
    /** Source records without a readable id. */
    UNIDENTIFIED,
    /**
     * Failures of another run that cannot be visited again, because nothing names their records; no ops of this run.
     */
    UNREPEATABLE,
    /** Unlinked source records whose validity, qualifiers or correlation could not be found out. */
    UNASSESSED,
    /** Targets that ops accounted for although nobody saw them exist. */
    UNSEEN,
    /** Links that ops found or made, and whose targets they accounted for. */
    LINKS_ACCOUNTED,
    /** Records whose target needed no look-up, because it was known to be as they want it. */
    PRESUMED,
    /** Pages of the work, and how often a page had to be done again. */
    PAGES,
    RETRIES,
    NANOSECONDS
}
