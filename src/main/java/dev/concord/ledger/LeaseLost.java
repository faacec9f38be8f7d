package dev.concord.ledger;

/** Somebody else holds the lease now, or it was given back; whoever held it may write nothing more. */
public class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLost(Lease lease) {
        super("Run " + lease.runId() + " no longer holds the lease on the links of " + lease.linkType()
                + ": it was given back, or somebody else took it over. Nothing more was written.");
    }
}
