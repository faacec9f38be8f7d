package dev.concord.ledger;

/** What one phase of a run has come to so far. */
public record PhaseTotals(Counts counts, PageTimes pages) {

    static PhaseTotals nothing() {
        return new PhaseTotals(new Counts(), PageTimes.NONE);
    }

    /** These totals and one more segment. */
    PhaseTotals plus(Counts segment) {
        counts.add(segment);
        boolean page = segment.get(Measure.PAGES) > 0;
        return page ? new PhaseTotals(counts, pages.plus((double) segment.get(Measure.NANOSECONDS))) : this;
    }
}
