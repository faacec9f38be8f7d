package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.ledger.LedgerReader.Placed;
import dev.concord.ledger.LedgerReader.SegmentId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads those entries of runs that a filter selects: the one way in which all who show, count or export entries read
 * them. Segments are left out by their counts, entries by their text, before anything is decoded; one segment at a time
 * is in memory. Safe for use by several threads.
 */
public final class EntrySearch {

    private final Filter filter;
    private final Function<EntryView, Map<String, @Nullable Object>> documents;
    private final Predicate<Counts> segments;
    private final Predicate<String> lines;
    private final boolean planned;

    private EntrySearch(Filter filter, Function<EntryView, Map<String, @Nullable Object>> documents, boolean planned) {
        this.filter = filter;
        this.documents = documents;
        this.segments = new SegmentFilter(filter);
        this.lines = EntryNeedles.of(filter);
        this.planned = planned;
    }

    /** For whoever may see all that entries hold. The filter's pointers are those of {@link EntryView#json}. */
    public static EntrySearch of(Filter filter) {
        return new EntrySearch(filter, EntryView::json, false);
    }

    /**
     * For whoever sees less than that.
     *
     * @param documents what is seen of an entry: its {@link EntryView#json}, of which members may be emptied or added
     */
    public static EntrySearch of(Filter filter, Function<EntryView, Map<String, @Nullable Object>> documents) {
        return new EntrySearch(filter, documents, false);
    }

    /** Also what was planned in a run that has done all of it, and stands there once more by its outcome. */
    public EntrySearch withPlanned() {
        return new EntrySearch(filter, documents, true);
    }

    public Filter filter() {
        return filter;
    }

    /** Is given the entries of a run that match, in the order in which they were written. */
    public interface Taker<E extends Exception> {

        /**
         * @param document as the filter saw the entry
         * @return whether to go on
         */
        boolean take(EntryView entry, Map<String, @Nullable Object> document) throws E;
    }

    /** Answers whether the taker wanted everything. */
    public <E extends Exception> boolean each(LedgerReader ledger, Run run, Taker<E> taker) throws E {
        return each(ledger, run, segment -> true, taker);
    }

    /** Likewise, without those segments that somebody need not see. */
    public <E extends Exception> boolean each(LedgerReader ledger, Run run, Predicate<SegmentId> wanted, Taker<E> taker)
            throws E {
        return each(ledger, ledger.segmentsWithEntries(run.id(), segments), run, wanted, taker);
    }

    /** Likewise, by what tallies know of the segments. */
    public <E extends Exception> boolean each(
            LedgerReader ledger, RunTallies tallies, Run run, Predicate<SegmentId> wanted, Taker<E> taker) throws E {
        return each(ledger, tallies.segmentsWithEntries(run, segments), run, wanted, taker);
    }

    private <E extends Exception> boolean each(
            LedgerReader ledger, List<SegmentId> candidates, Run run, Predicate<SegmentId> wanted, Taker<E> taker)
            throws E {
        boolean hidePlanned = run.state() == RunState.SUCCESS && !planned;
        UnaryOperator<Entry> shown = ledger.shown(run);
        for (SegmentId segment : candidates) {
            if (!wanted.test(segment)) {
                continue;
            }
            for (Placed placed : ledger.entries(run.id(), segment, lines)) {
                if (hidePlanned && placed.entry().outcome() == Outcome.PLANNED) {
                    continue;
                }
                EntryView view = new EntryView(run, segment, placed.index(), shown.apply(placed.entry()));
                Map<String, @Nullable Object> document = documents.apply(view);
                if (filter.matches(document) && !taker.take(view, document)) {
                    return false;
                }
            }
        }
        return true;
    }
}
