package dev.concord.recon;

/**
 * An attempt at a page cannot be committed as it was decided; the page must be done again from fresh look-ups, record
 * by record.
 */
final class PageRepeat extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean inEveryPage;

    /** Something in this page, or in the meantime. */
    PageRepeat(String why) {
        this(why, false);
    }

    private PageRepeat(String why, boolean inEveryPage) {
        super(why, null, false, false);
        this.inEveryPage = inEveryPage;
    }

    /** Something that lies in the mapping or the store, and so will come up in the other pages, too. */
    static PageRepeat inEveryPage(String why) {
        return new PageRepeat(why, true);
    }

    boolean inEveryPage() {
        return inEveryPage;
    }
}
