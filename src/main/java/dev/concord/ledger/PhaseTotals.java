package dev.concord.ledger;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one phase of a run has come to so far.
 *
 * @param tasks how long pages were at each task
 */
public record PhaseTotals(Counts counts, PageTimes pages, Map<Task, PageTimes> tasks) {

    static PhaseTotals nothing() {
        return new PhaseTotals(new Counts(), PageTimes.NONE, new EnumMap<>(Task.class));
    }

    /** The same, which others may add to. */
    PhaseTotals copy() {
        Counts same = new Counts();
        same.add(counts);
        return new PhaseTotals(same, pages, tasks.isEmpty() ? new EnumMap<>(Task.class) : new EnumMap<>(tasks));
    }

    /** These totals and one more segment. */
    PhaseTotals plus(Counts segment) {
        counts.add(segment);
        segment.times()
                .forEach((task, time) -> tasks.merge(
                        task, PageTimes.NONE.plus((double) time), (times, one) -> times.plus((double) time)));
        boolean page = segment.get(Measure.PAGES) > 0;
        return page ? new PhaseTotals(counts, pages.plus((double) segment.get(Measure.NANOSECONDS)), tasks) : this;
    }
}
