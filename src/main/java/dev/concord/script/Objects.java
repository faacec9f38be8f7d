package dev.concord.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What scripts reach through {@code openidm.*}: the configured object sets, by path. Objects are maps with {@code _id}
 * and {@code _rev}.
 */
public interface Objects {

    @Nullable
    Map<String, @Nullable Object> read(String path);

    /**
     * The objects that match {@code _queryFilter} (or all, for {@code _queryId} query-all and query-all-ids); of these
     * those of the page that {@code _pageSize} with {@code _pagedResultsCookie} or {@code _pagedResultsOffset} means,
     * in the order of {@code _sortKeys}, with the attributes in {@code _fields}.
     */
    Found query(String objectSet, Map<String, @Nullable Object> parameters);

    /**
     * What a query found.
     *
     * @param cookie leads to the next page; null at the end
     */
    record Found(
            List<Map<String, @Nullable Object>> objects,
            @Nullable String cookie) {}

    Map<String, @Nullable Object> create(String objectSet, @Nullable String id, Map<String, @Nullable Object> content);

    Map<String, @Nullable Object> update(String path, @Nullable String revision, Map<String, @Nullable Object> content);

    @Nullable
    Map<String, @Nullable Object> delete(String path, @Nullable String revision);

    /**
     * A value as an encrypted one.
     *
     * @param key the name of the key; null for the usual one
     */
    default Map<String, @Nullable Object> encrypt(@Nullable Object value, @Nullable String key) {
        throw withoutKeys();
    }

    /** What is behind an encrypted value. */
    default @Nullable Object decrypt(@Nullable Object encrypted) {
        throw withoutKeys();
    }

    /** @param cost how slow the algorithm shall be, where it can be told; null for as slow as usual */
    default Map<String, @Nullable Object> hash(String text, @Nullable String algorithm, @Nullable Integer cost) {
        throw withoutKeys();
    }

    /** Whether a text is the one that was hashed. */
    default boolean matches(String text, @Nullable Object hashed) {
        throw withoutKeys();
    }

    private static RuntimeException withoutKeys() {
        return new UnsupportedOperationException("Nothing can be hashed or encrypted here.");
    }
}
