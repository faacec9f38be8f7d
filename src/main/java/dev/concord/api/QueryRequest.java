package dev.concord.api;

import dev.concord.filter.Filter;
import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query as CREST has them. Faults are {@link Refusal}s with status 400.
 *
 * @param filter that every result matches; a query without one asks for everything
 * @param pageSize how many results at most, or 0 for all
 * @param position behind which the page begins, as an earlier answer's {@link #cookie} kept it; null for the beginning
 * @param passed how many results the pages before that position had
 * @param offset how many results to leave out; 0 when there is a position
 * @param countOnly whether only the number of results is wanted
 */
public record QueryRequest(
        Filter filter,
        Fields fields,
        List<SortKey> sortKeys,
        int pageSize,
        @Nullable String position,
        long passed,
        int offset,
        TotalPolicy totals,
        boolean countOnly) {

    /** The most results that a page can have. */
    public static final int LARGEST_PAGE = 1_000;

    /**
     * Reads {@code _queryFilter} (or {@code _queryId}: {@code query-all}, {@code query-all-ids}), {@code _fields},
     * {@code _sortKeys}, {@code _pageSize}, {@code _pagedResultsCookie} or {@code _pagedResultsOffset},
     * {@code _totalPagedResultsPolicy} and {@code _countOnly}; other parameters are not looked at.
     *
     * @throws Refusal naming the parameter, its value and what is allowed
     * @throws dev.concord.filter.FilterSyntaxException when the filter is none
     */
    public static QueryRequest of(Map<String, String> parameters) {
        String queryId = parameters.get("_queryId");
        String text = parameters.get("_queryFilter");
        if (text != null && queryId != null) {
            throw Refusal.badRequest("Give _queryFilter or _queryId, not both.");
        }
        if (queryId != null && !queryId.equals("query-all") && !queryId.equals("query-all-ids")) {
            throw Refusal.badRequest("There is no query " + Json.write(queryId)
                    + "; _queryId is query-all or query-all-ids. Ask with _queryFilter instead.");
        }
        if (text != null && text.isBlank()) {
            throw Refusal.badRequest("_queryFilter is empty; leave it out, or write true, for everything.");
        }
        Filter filter = text == null ? Filter.Literal.TRUE : Filter.parse(text);
        List<SortKey> sortKeys = SortKey.parse(parameters.getOrDefault("_sortKeys", ""));
        int pageSize = number(parameters, "_pageSize");
        if (pageSize > LARGEST_PAGE) {
            throw Refusal.badRequest("_pageSize is " + Json.write(parameters.get("_pageSize")) + "; it can be at most "
                    + LARGEST_PAGE + ". Go on with _pagedResultsCookie, or leave both out for all results.");
        }
        int offset = number(parameters, "_pagedResultsOffset");
        String cookie = parameters.getOrDefault("_pagedResultsCookie", "");
        boolean begun = !cookie.isEmpty();
        if (begun && parameters.containsKey("_pagedResultsOffset")) {
            throw Refusal.badRequest("Give _pagedResultsCookie or _pagedResultsOffset, not both.");
        }
        if (pageSize == 0 && (begun || offset > 0)) {
            throw Refusal.badRequest(
                    "_pagedResultsCookie and _pagedResultsOffset want a _pageSize of at least 1 beside them.");
        }
        Place place = begun ? Place.of(cookie, mark(filter, sortKeys)) : new Place(0, null);
        return new QueryRequest(
                filter,
                Fields.of("query-all-ids".equals(queryId) ? "_id" : parameters.get("_fields")),
                sortKeys,
                pageSize,
                place.position,
                place.passed,
                offset,
                totals(parameters.get("_totalPagedResultsPolicy")),
                truth(parameters, "_countOnly"));
    }

    /** How many results lie before the page. */
    long before() {
        return position == null ? offset : passed;
    }

    /**
     * What to hand out so that the next page begins behind this position: opaque, and good for this query only.
     *
     * @param shown how many results this page has
     */
    public String cookie(String next, long shown) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((mark(filter, sortKeys) + "." + (before() + shown) + "." + next)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A parameter that is {@code true} or {@code false}; false when it is missing.
     *
     * @throws Refusal when it is anything else
     */
    public static boolean truth(Map<String, String> parameters, String name) {
        String text = parameters.get(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw Refusal.badRequest(name + " is " + Json.write(text) + "; it can be true or false.");
    }

    private static int number(Map<String, String> parameters, String name) {
        String text = parameters.getOrDefault(name, "0");
        if (!text.matches("[0-9]{1,9}")) {
            throw Refusal.badRequest(name + " is " + Json.write(text) + "; it wants a number from 0 to 999999999.");
        }
        return Integer.parseInt(text);
    }

    private static TotalPolicy totals(@Nullable String text) {
        if (text == null) {
            return TotalPolicy.NONE;
        }
        return Arrays.stream(TotalPolicy.values())
                .filter(policy -> policy.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest(
                        "_totalPagedResultsPolicy is " + Json.write(text) + "; it can be NONE, ESTIMATE or EXACT."));
    }

    /** What a cookie holds. */
    private record Place(long passed, @Nullable String position) {

        private static final Pattern KEPT = Pattern.compile("([0-9a-f]+)\\.([0-9]{1,18})\\.(.*)", Pattern.DOTALL);

        static Place of(String cookie, String mark) {
            try {
                Matcher kept = KEPT.matcher(new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8));
                if (kept.matches() && kept.group(1).equals(mark)) {
                    return new Place(Long.parseLong(kept.group(2)), kept.group(3));
                }
            } catch (IllegalArgumentException notOurs) {
                // Refused below.
            }
            throw Refusal.badRequest("_pagedResultsCookie does not belong to this query. Give back what the answer"
                    + " before said, with the same _queryFilter and _sortKeys.");
        }
    }

    /** Tells queries apart, so that nobody goes on in the order of another one. */
    private static String mark(Filter filter, List<SortKey> sortKeys) {
        CRC32 sum = new CRC32();
        sum.update((filter.text() + "\n" + sortKeys).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
