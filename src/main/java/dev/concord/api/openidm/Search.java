package dev.concord.api.openidm;

import dev.concord.api.QueryAnswer;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.SortKey;
import dev.concord.api.StreamedAnswer;
import dev.concord.api.TotalPolicy;
import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries on what is read page by page, in bounded memory. Without {@code _sortKeys} results come in the order
 * of the store, are sent as they are read, and a cookie is a place there; otherwise all are gone through, the first
 * ones are kept, and a cookie is their number.
 */
final class Search {

    /** How many results are sorted at the most. */
    static final int MOST_SORTED = 10_000;

    private static final int SCANNED = 1_000;

    private final Store store;
    private final QueryRequest request;

    Search(Store store, QueryRequest request) {
        this.store = store;
        this.request = request;
    }

    /** What is searched: it knows the filter of the request. */
    interface Store {

        /**
         * The next objects that match.
         *
         * @param after the position of the last one seen, or null to start
         * @param limit how many to look at, at the most
         * @throws IllegalArgumentException when the position is none
         */
        Batch next(@Nullable String after, int limit);

        long count();
    }

    /** @param last how far was looked; null when nothing was left */
    record Batch(List<Hit> hits, @Nullable String last, boolean end) {}

    record Hit(String position, Map<String, @Nullable Object> object) {}

    /** Takes what is found; answers whether it wants more. */
    private interface Taker {
        boolean take(Hit hit) throws IOException;
    }

    void answer(HttpServletResponse response) {
        try {
            if (request.countOnly()) {
                response.setContentType("application/json");
                response.setCharacterEncoding("UTF-8");
                response.getWriter().write(Json.write(QueryAnswer.count(store.count())));
                return;
            }
            long total = request.totals() == TotalPolicy.NONE ? -1 : store.count();
            if (request.sortKeys().isEmpty()) {
                new InOrder(new StreamedAnswer(request, response)).run(total);
            } else {
                sorted(new StreamedAnswer(request, response), total);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void each(@Nullable String from, int limit, Taker taker) throws IOException {
        String after = from;
        while (true) {
            Batch batch = next(after, limit);
            for (Hit hit : batch.hits) {
                if (!taker.take(hit)) {
                    return;
                }
            }
            if (batch.end || batch.last == null) {
                return;
            }
            after = batch.last;
        }
    }

    private Batch next(@Nullable String after, int limit) {
        try {
            return store.next(after, limit);
        } catch (IllegalArgumentException foreign) {
            throw Refusal.badRequest("_pagedResultsCookie does not belong to this query.");
        }
    }

    /** One page, or everything, in the order of the store. */
    private final class InOrder {

        private final StreamedAnswer answer;
        private int skipped;
        private @Nullable String last;
        private boolean more;

        InOrder(StreamedAnswer answer) {
            this.answer = answer;
        }

        void run(long total) throws IOException {
            int size = request.pageSize();
            int limit = size == 0 ? SCANNED : (int) Math.min(SCANNED, (long) size + request.offset() + 1);
            each(request.position(), limit, this::take);
            answer.end(more ? last : null, total);
        }

        private boolean take(Hit hit) throws IOException {
            if (skipped < request.offset()) {
                skipped++;
                return true;
            }
            if (request.pageSize() > 0 && answer.count() == request.pageSize()) {
                more = true;
                return false;
            }
            answer.add(hit.object);
            last = hit.position;
            return true;
        }
    }

    private void sorted(StreamedAnswer answer, long total) throws IOException {
        int from = begin();
        boolean all = request.pageSize() == 0;
        long kept = all ? MOST_SORTED : (long) from + request.pageSize();
        if (kept > MOST_SORTED) {
            throw tooMany();
        }
        Comparator<Map<String, @Nullable Object>> order = SortKey.order(request.sortKeys());
        List<Map<String, @Nullable Object>> first = new ArrayList<>();
        long[] found = {0};
        each(null, SCANNED, hit -> {
            first.add(hit.object);
            found[0]++;
            if (all && found[0] > MOST_SORTED) {
                throw tooMany();
            }
            if (first.size() >= 2 * kept + SCANNED) {
                first.sort(order);
                first.subList((int) kept, first.size()).clear();
            }
            return true;
        });
        first.sort(order);
        int to = (int) Math.min(first.size(), kept);
        for (int i = from; i < to; i++) {
            answer.add(first.get(i));
        }
        answer.end(found[0] > to && !all ? Integer.toString(to) : null, total);
    }

    private int begin() {
        try {
            return request.position() == null ? request.offset() : Integer.parseInt(request.position());
        } catch (NumberFormatException foreign) {
            throw Refusal.badRequest("_pagedResultsCookie does not belong to this query.");
        }
    }

    private static Refusal tooMany() {
        return Refusal.badRequest("At most " + MOST_SORTED
                + " results are sorted. Ask for fewer with _queryFilter, or leave _sortKeys out.");
    }
}
