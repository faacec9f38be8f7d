package dev.concord.api.openidm;

import dev.concord.filter.Filter;
import dev.concord.ledger.Run;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The runs that match a query, the newest first. What a run came to is only read when it is looked at.
 *
 * @param runs the newest first
 * @param document what is shown of a run, and what the filter sees
 */
record RunSearch(List<Run> runs, Filter filter, Function<Run, Map<String, @Nullable Object>> document)
        implements Search.Store {

    @Override
    public Search.Batch next(@Nullable String after, int limit) {
        long before = after == null ? Long.MAX_VALUE : Long.parseLong(after);
        List<Run> next =
                runs.stream().filter(run -> run.number() < before).limit(limit).toList();
        List<Search.Hit> hits = next.stream()
                .map(run -> new Search.Hit(Long.toString(run.number()), document.apply(run)))
                .filter(hit -> filter.matches(hit.object()))
                .toList();
        return new Search.Batch(
                hits, next.isEmpty() ? null : Long.toString(next.getLast().number()), next.size() < limit);
    }

    @Override
    public long count() {
        return filter.equals(Filter.Literal.TRUE)
                ? runs.size()
                : runs.stream().map(document).filter(filter::matches).count();
    }
}
