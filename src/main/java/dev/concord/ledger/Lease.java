package dev.concord.ledger;

/**
 * The right of one run to work on a link type. {@code epoch} grows with each holder; what an earlier holder still sends
 * is refused.
 */
public record Lease(String linkType, String runId, long epoch) {}
