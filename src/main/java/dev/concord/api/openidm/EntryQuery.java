package dev.concord.api.openidm;

import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.SortKey;
import dev.concord.api.StreamedAnswer;
import dev.concord.api.TotalPolicy;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunTallies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query for entries of runs. They are read, judged and sent segment by segment, in the order in which they
 * were written, so that it does not matter how many there are. In another order they can be had as long as the page
 * lies among the first {@value #MOST_SORTED}.
 */
final class EntryQuery {

    private static final int MOST_SORTED = 10_000;

    private final LedgerReader ledger;
    private final RunTallies tallies;
    private final QueryRequest request;
    private final EntrySearch search;
    private final @Nullable EntryPlace behind;
    private final StreamedAnswer answer;

    private boolean reached;
    private long matching;
    private long passed;
    private @Nullable String last;
    private boolean more;

    EntryQuery(
            LedgerReader ledger,
            RunTallies tallies,
            QueryRequest request,
            EntryDocuments documents,
            StreamedAnswer answer) {
        this.ledger = ledger;
        this.tallies = tallies;
        this.request = request;
        this.answer = answer;
        this.search = EntrySearch.of(request.filter(), documents::of);
        this.behind = sorted() ? null : place(request.position());
        this.reached = behind == null;
    }

    private static @Nullable EntryPlace place(@Nullable String position) {
        return position == null
                ? null
                : EntryPlace.of(position)
                        .orElseThrow(() -> Refusal.badRequest("_pagedResultsCookie does not belong to this query."));
    }

    void answer(List<Run> runs) throws IOException {
        if (request.countOnly()) {
            each(runs, (run, place, json) -> true);
            answer.endWithCount(matching);
        } else if (sorted()) {
            sort(runs);
        } else {
            each(runs, this::send);
            answer.end(more ? last : null, request.totals() == TotalPolicy.NONE ? -1 : matching);
        }
    }

    /** Is given entries that match, in their order, and says whether to go on. */
    private interface Taker {
        boolean take(Run run, EntryPlace place, Map<String, @Nullable Object> json) throws IOException;
    }

    private void each(List<Run> runs, Taker taker) throws IOException {
        for (Run run : runs) {
            boolean wantsMore = search.each(
                    ledger,
                    tallies,
                    run,
                    segment -> !isPassed(run, segment) || request.totals() != TotalPolicy.NONE,
                    (entry, json) -> {
                        matching++;
                        return taker.take(run, new EntryPlace(run.id(), entry.segment(), entry.index()), json);
                    });
            if (!wantsMore) {
                return;
            }
        }
    }

    /** Whether a whole segment lies before the page. */
    private boolean isPassed(Run run, SegmentId segment) {
        return !reached && behind != null && !(run.id().equals(behind.runId()) && segment.equals(behind.segment()));
    }

    private boolean send(Run run, EntryPlace place, Map<String, @Nullable Object> json) throws IOException {
        if (!reached) {
            reached = place.equals(behind);
            return true;
        }
        if (passed < request.offset()) {
            passed++;
            return true;
        }
        if (request.pageSize() == 0 || answer.count() < request.pageSize()) {
            answer.add(json);
            last = String.valueOf(json.get("_id"));
            return true;
        }
        more = true;
        return request.totals() != TotalPolicy.NONE;
    }

    private boolean sorted() {
        return !request.sortKeys().isEmpty();
    }

    private record Place(long number, Map<String, @Nullable Object> json) {}

    private void sort(List<Run> runs) throws IOException {
        long from = request.position() == null ? request.offset() : Long.parseLong(request.position());
        long to = from + request.pageSize();
        if (request.pageSize() == 0 || to > MOST_SORTED) {
            throw Refusal.badRequest("With _sortKeys, ask for pages (_pageSize) among the first " + MOST_SORTED
                    + " results; without, for all of them.");
        }
        Comparator<Place> order = Comparator.comparing(Place::json, SortKey.order(request.sortKeys()))
                .thenComparing(Place::number);
        PriorityQueue<Place> first = new PriorityQueue<>(order.reversed());
        each(runs, (run, place, json) -> {
            first.add(new Place(matching, json));
            if (first.size() > to) {
                first.poll();
            }
            return true;
        });
        List<Place> sorted = new ArrayList<>(first);
        sorted.sort(order);
        for (Place place : sorted.subList((int) Math.min(from, sorted.size()), sorted.size())) {
            answer.add(place.json());
        }
        answer.end(matching > to ? Long.toString(to) : null, request.totals() == TotalPolicy.NONE ? -1 : matching);
    }
}
