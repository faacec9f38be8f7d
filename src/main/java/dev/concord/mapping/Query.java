package dev.concord.mapping;

import dev.concord.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which ids of an object set a run visits. {@code filter} null means all. */
public record Query(
        @Nullable Filter filter,
        List<String> fields,
        List<String> sortKeys,
        @Nullable String resourceName) {

    public static final Query ALL = new Query(null, List.of(), List.of(), null);
}
