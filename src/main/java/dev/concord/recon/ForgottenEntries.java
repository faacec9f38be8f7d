package dev.concord.recon;

/** A run was to read the entries of another one, and they are not kept any more. */
public final class ForgottenEntries extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForgottenEntries(String runId) {
        super(
                "The entries of run " + runId + " are not kept any more, so that nobody knows what it found."
                        + " Start a new run, or plan anew.",
                null,
                false,
                false);
    }
}
