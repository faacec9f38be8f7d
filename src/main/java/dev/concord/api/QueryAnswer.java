package dev.concord.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a query is answered with, in the shape that CREST gives it. */
public final class QueryAnswer {

    private QueryAnswer() {}

    /**
     * One page of results, each with the fields that were asked for.
     *
     * @param next the position behind the page's last result, or null when there is nothing behind it
     * @param total how many results all pages have together, or -1 when nobody counted
     */
    public static Map<String, @Nullable Object> page(
            QueryRequest request, List<Map<String, @Nullable Object>> result, @Nullable String next, long total) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("result", result.stream().map(request.fields()::of).toList());
        json.putAll(ending(request, result.size(), next, total));
        return json;
    }

    /** The answer when only the number is wanted. */
    public static Map<String, @Nullable Object> count(long number) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("resultCount", number);
        return json;
    }

    /**
     * Answers from all results in memory: sorts, counts, and cuts the page out. The position in cookies is the number
     * of results before it, so what changes in between moves the pages.
     */
    public static Map<String, @Nullable Object> of(QueryRequest request, List<Map<String, @Nullable Object>> all) {
        List<Map<String, @Nullable Object>> matching = all.stream()
                .filter(request.filter()::matches)
                .sorted(SortKey.order(request.sortKeys()))
                .toList();
        if (request.countOnly()) {
            return count(matching.size());
        }
        int from = Math.min(matching.size(), begin(request));
        int to = request.pageSize() == 0
                ? matching.size()
                : (int) Math.min(matching.size(), (long) from + request.pageSize());
        String next = to < matching.size() ? Integer.toString(to) : null;
        return page(request, matching.subList(from, to), next, matching.size());
    }

    private static int begin(QueryRequest request) {
        String position = request.position();
        if (position == null) {
            return request.offset();
        }
        try {
            return Integer.parseInt(position);
        } catch (NumberFormatException foreign) {
            throw Refusal.badRequest("_pagedResultsCookie does not belong to this query.");
        }
    }

    /** What others add or remove meanwhile cannot make it less than what is there. */
    private static long remaining(QueryRequest request, long resultCount, @Nullable String next, long total) {
        return next == null ? 0 : Math.max(1, total - request.before() - resultCount);
    }

    /** What stands behind the results. */
    static Map<String, @Nullable Object> ending(
            QueryRequest request, long resultCount, @Nullable String next, long total) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean counted = total >= 0 && request.totals() != TotalPolicy.NONE;
        json.put("resultCount", resultCount);
        json.put("pagedResultsCookie", next == null ? null : request.cookie(next, resultCount));
        json.put("totalPagedResultsPolicy", (counted ? TotalPolicy.EXACT : TotalPolicy.NONE).name());
        json.put("totalPagedResults", counted ? total : -1L);
        json.put("remainingPagedResults", counted ? remaining(request, resultCount, next, total) : -1L);
        return json;
    }
}
