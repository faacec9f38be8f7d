package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the source of a run that has no use for it, so that it need not be there: nothing is in it and nothing can
 * be written to it. What its definition says of its attributes still holds.
 */
record NoSource(String name, Map<String, AttributeDefinition> attributes) implements ObjectSet {

    @Override
    public ObjectSchema schema() {
        return new ObjectSchema(attributes, true, false, false);
    }

    @Override
    public boolean inPlatformDatabase() {
        return false;
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return List.of(KeyRange.ALL);
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return new Page(List.of(), null, true);
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return scan(range, after, limit, filter);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return Map.of();
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return filters.stream().map(filter -> List.<Resource>of()).toList();
    }

    @Override
    public long count(@Nullable Filter filter) {
        return 0;
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        throw new UnsupportedOperationException("Nothing is written to the source " + name + " here.");
    }
}
