package dev.concord.recon;

/** The source has no records, and the mapping does not allow that: going on would look as if everybody had left. */
public class EmptySource extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmptySource() {
        super("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
    }
}
