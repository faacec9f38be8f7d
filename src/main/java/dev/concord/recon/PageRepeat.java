package dev.concord.recon;

/** An attempt at a page cannot be committed as it was decided; the page must be done again from fresh look-ups, record by record. */
final class PageRepeat extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageRepeat(String why) {
        super(why, null, false, false);
    }
}
