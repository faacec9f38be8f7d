package dev.concord.ledger;

/** Another run holds the lease. */
public class LeaseHeld extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String runId;

    LeaseHeld(String linkType, Leases.Holder holder) {
        super("Run " + holder.runId() + " works on the links of " + linkType + " already (" + holder.shown()
                + "). Wait until it is done, or stop it.");
        this.runId = holder.runId();
    }

    /** The run that holds the lease. */
    public String runId() {
        return runId;
    }
}
