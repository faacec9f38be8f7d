package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source for those who are about to delete: a record is asked for where it may be by now, before anybody believes
 * what the run's own copy says of it. What is not there any more stays what the copy says.
 *
 * @param copy what the run has read
 * @param now the set as it is by now
 */
record LatestSource(ObjectSet copy, ObjectSet now) implements ObjectSet {

    /** The source of a run, as it is by now where that is another one. */
    static ObjectSet of(ObjectSet source) {
        ObjectSet now = source.now();
        return now == source ? source : new LatestSource(source, now);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new HashMap<>(now.fetch(ids));
        copy.fetch(ids.stream().filter(id -> !found.containsKey(id)).toList()).forEach(found::putIfAbsent);
        return found;
    }

    @Override
    public String name() {
        return copy.name();
    }

    @Override
    public ObjectSchema schema() {
        return copy.schema();
    }

    @Override
    public boolean inPlatformDatabase() {
        return copy.inPlatformDatabase();
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return copy.ranges(count);
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return copy.scan(range, after, limit, filter);
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return copy.scanIds(range, after, limit, filter);
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return copy.find(filters, limit);
    }

    @Override
    public long count(@Nullable Filter filter) {
        return copy.count(filter);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        throw new UnsupportedOperationException("A source is not written to.");
    }
}
