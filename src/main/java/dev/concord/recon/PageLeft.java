package dev.concord.recon;

/** The run is ending, and the page is left as if it had not been begun: nothing of it is committed. */
final class PageLeft extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageLeft() {
        super("The run is ending.", null, false, false);
    }
}
