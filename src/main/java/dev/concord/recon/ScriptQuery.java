package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.script.Objects.Found;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as scripts put it (the parameters of a CREST query): a filter, the attributes and the order that are wanted,
 * and a page by its size and either a cookie or an offset. Without an order objects come in the store's own, and a
 * cookie is a place in that; otherwise all that match are sorted, and a cookie counts them.
 *
 * @param sortKeys such as {@code sn} and, downwards, {@code -sn}
 * @param pageSize how many objects at the most; 0 for all
 */
record ScriptQuery(
        @Nullable Filter filter,
        List<String> fields,
        List<String> sortKeys,
        int pageSize,
        int offset,
        @Nullable String cookie) {

    /** Objects that one query may look at in one go. */
    private static final int LIMIT = 10_000;

    private static final int SCANNED = 1_000;

    /** Throws {@link IllegalArgumentException} saying what is wrong with the parameters. */
    static ScriptQuery of(Map<String, @Nullable Object> parameters) {
        Object cookie = parameters.get("_pagedResultsCookie");
        int offset = number(parameters, "_pagedResultsOffset");
        if (cookie != null && offset > 0) {
            throw new IllegalArgumentException("A query has _pagedResultsCookie or _pagedResultsOffset, not both.");
        }
        return new ScriptQuery(
                filter(parameters),
                names(parameters, "_fields"),
                names(parameters, "_sortKeys"),
                number(parameters, "_pageSize"),
                offset,
                cookie == null ? null : cookie.toString());
    }

    /** @param shown an object as scripts see it */
    Found run(ObjectSet set, Function<Resource, Map<String, @Nullable Object>> shown) {
        return sortKeys.isEmpty() && offset == 0 ? inOrderOfTheStore(set, shown) : sorted(set, shown);
    }

    private Found inOrderOfTheStore(ObjectSet set, Function<Resource, Map<String, @Nullable Object>> shown) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        String after = cookie;
        String last = null;
        while (true) {
            Page page = set.scan(KeyRange.ALL, after, SCANNED, filter);
            for (Page.Item item : page.items()) {
                if (item instanceof Page.Item.Found one) {
                    if (pageSize > 0 && found.size() == pageSize) {
                        return new Found(found, last);
                    }
                    found.add(cut(shown.apply(one.resource())));
                    last = one.position();
                }
            }
            if (page.end() || page.lastPosition() == null) {
                return new Found(found, null);
            }
            if (found.size() > LIMIT) {
                throw tooMany(set);
            }
            after = page.lastPosition();
        }
    }

    private Found sorted(ObjectSet set, Function<Resource, Map<String, @Nullable Object>> shown) {
        List<Map<String, @Nullable Object>> all =
                new ArrayList<>(new ScriptQuery(filter, List.of(), List.of(), 0, 0, null)
                        .run(set, shown)
                        .objects());
        if (!sortKeys.isEmpty()) {
            all.sort(sortKeys.stream()
                    .map(ScriptQuery::by)
                    .reduce(Comparator::thenComparing)
                    .orElseThrow());
        }
        int from = Math.min(all.size(), cookie == null ? offset : place(cookie));
        int to = pageSize == 0 ? all.size() : Math.min(all.size(), from + pageSize);
        return new Found(
                all.subList(from, to).stream().map(this::cut).toList(), to < all.size() ? String.valueOf(to) : null);
    }

    private static int place(String cookie) {
        try {
            return Math.max(0, Integer.parseInt(cookie));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("This _pagedResultsCookie comes from another query.");
        }
    }

    private static IllegalArgumentException tooMany(ObjectSet set) {
        return new IllegalArgumentException("The query on " + set.name() + " has more than " + LIMIT
                + " results; ask for less, or for pages (_pageSize, without _sortKeys).");
    }

    /** Missing values come last, whatever the direction; values of different types by type. */
    private static Comparator<Map<String, @Nullable Object>> by(String key) {
        boolean downwards = key.startsWith("-");
        Pointer pointer = Pointer.of(key.replaceFirst("^[+-]", ""));
        Comparator<Object> values = ScriptQuery::compare;
        Comparator<Object> directed = downwards ? values.reversed() : values;
        return Comparator.comparing(pointer::get, Comparator.nullsLast(directed));
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return JsonValues.compare(a, b);
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return a.compareTo(b);
        }
        boolean sameKind = left instanceof String && right instanceof String;
        int byType = left.getClass().getSimpleName().compareTo(right.getClass().getSimpleName());
        return sameKind || byType == 0 ? JsonValues.compare(left.toString(), right.toString()) : byType;
    }

    private Map<String, @Nullable Object> cut(Map<String, @Nullable Object> object) {
        if (fields.isEmpty() || fields.contains("*")) {
            return object;
        }
        Map<String, @Nullable Object> cut = new LinkedHashMap<>();
        Stream.concat(Stream.of("_id", "_rev"), fields.stream())
                .map(Pointer::of)
                .filter(pointer -> !pointer.isWhole() && pointer.isPresentIn(object))
                .forEach(pointer -> pointer.put(cut, pointer.get(object)));
        return cut;
    }

    private static @Nullable Filter filter(Map<String, @Nullable Object> parameters) {
        Object filter = parameters.get("_queryFilter");
        Object queryId = parameters.get("_queryId");
        if (filter instanceof String text) {
            try {
                return Filter.parse(text);
            } catch (FilterSyntaxException e) {
                throw new IllegalArgumentException("_queryFilter is no filter: " + e.getMessage());
            }
        }
        if ("query-all".equals(queryId) || "query-all-ids".equals(queryId)) {
            return null;
        }
        throw new IllegalArgumentException("A query needs _queryFilter, or _queryId query-all or query-all-ids.");
    }

    private static int number(Map<String, @Nullable Object> parameters, String name) {
        Object value = parameters.get(name);
        try {
            int number = value == null ? 0 : Integer.parseInt(value.toString());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a negative one.
        }
        throw new IllegalArgumentException(name + " must be a whole number, 0 or more.");
    }

    /** A list, or its names in one text with commas between. */
    private static List<String> names(Map<String, @Nullable Object> parameters, String name) {
        Object value = parameters.get(name);
        Stream<String> names = value instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : value == null ? Stream.of() : Arrays.stream(value.toString().split(",", -1));
        return names.map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
