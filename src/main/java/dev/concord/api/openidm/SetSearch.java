package dev.concord.api.openidm;

import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.filter.Filter;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The objects of a set that match a query. One that cannot be read ends the query, unless the caller wants to do
 * without such, because it must never look like one that does not exist.
 */
final class SetSearch implements Search.Store {

    private final ObjectSet set;
    private final Visibility visibility;
    private final @Nullable Filter filter;
    private final boolean skipUnreadable;

    SetSearch(ObjectSet set, Visibility visibility, QueryRequest request, boolean skipUnreadable) {
        this.set = set;
        this.visibility = visibility;
        this.filter = request.filter().equals(Filter.Literal.TRUE) ? null : request.filter();
        this.skipUnreadable = skipUnreadable;
    }

    @Override
    public Search.Batch next(@Nullable String after, int limit) {
        Page page = set.scan(KeyRange.ALL, after, limit, filter);
        List<Search.Hit> hits = new ArrayList<>(page.items().size());
        for (Page.Item item : page.items()) {
            switch (item) {
                case Page.Item.Found(String position, var resource) ->
                    hits.add(new Search.Hit(position, visibility.of(resource)));
                // The first one of that id is the object.
                case Page.Item.Duplicate _ -> {}
                case Page.Item.Unreadable unreadable -> {
                    if (!skipUnreadable) {
                        throw new Refusal(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                set.name() + ", " + unreadable.where() + ": " + unreadable.reason()
                                        + " Correct it there, or leave out such records with _skipUnreadable=true.");
                    }
                }
            }
        }
        return new Search.Batch(hits, page.lastPosition(), page.end());
    }

    @Override
    public long count() {
        return set.count(filter);
    }
}
