package dev.concord.api.openidm;

import dev.concord.filter.Filter;
import dev.concord.filter.Filter.Operator;
import dev.concord.link.LinkTable;
import dev.concord.link.LinkTable.Selection;
import dev.concord.link.StoredLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links that match a query. What it says of type, qualifier and ids is looked up through the table's keys. */
final class LinkSearch implements Search.Store {

    private static final int SCANNED = 1_000;

    private final LinkTable table;
    private final Filter filter;
    private final Selection selection;

    LinkSearch(LinkTable table, Filter filter) {
        this.table = table;
        this.filter = filter;
        this.selection = selection(filter);
    }

    private static Selection selection(Filter filter) {
        Map<String, String> equal = new HashMap<>();
        List<Filter> needed = filter instanceof Filter.And and ? and.operands() : List.of(filter);
        for (Filter one : needed) {
            if (one instanceof Filter.Comparison(var pointer, var operator, var value)
                    && operator == Operator.EQ
                    && value instanceof String text
                    && pointer.tokens().size() == 1) {
                equal.put(pointer.attribute(), text);
            }
        }
        return new Selection(
                equal.get("linkType"), equal.get("linkQualifier"), equal.get("firstId"), equal.get("secondId"));
    }

    @Override
    public Search.Batch next(@Nullable String after, int limit) {
        List<StoredLink> links = table.scan(after, limit, selection);
        return new Search.Batch(
                links.stream()
                        .map(link -> new Search.Hit(link.id(), link.json()))
                        .filter(hit -> filter.matches(hit.object()))
                        .toList(),
                links.isEmpty() ? null : links.getLast().id(),
                links.size() < limit);
    }

    @Override
    public long count() {
        if (filter.equals(Filter.Literal.TRUE)) {
            return table.count(null);
        }
        long count = 0;
        String after = null;
        Search.Batch batch;
        do {
            batch = next(after, SCANNED);
            count += batch.hits().size();
            after = batch.last();
        } while (!batch.end());
        return count;
    }
}
