package dev.concord.ledger;

/** Somebody else holds the lease now; this run may write nothing more. */
public class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLost(Lease lease) {
        super("Run " + lease.runId() + " no longer holds the lease on the links of " + lease.linkType()
                + "; another run took it over. Nothing more was written.");
    }
}
