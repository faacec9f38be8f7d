package dev.concord.system;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object set around another one, to which it passes on all that it does not do itself; so do the sets that come out
 * of it. As safe for use by several threads as that one.
 */
public abstract class ForwardingObjectSet implements ObjectSet {

    protected final ObjectSet set;

    protected ForwardingObjectSet(ObjectSet set) {
        this.set = set;
    }

    /** The same as this, around another set. */
    protected abstract ObjectSet around(ObjectSet other);

    private ObjectSet same(ObjectSet other) {
        return other == set ? this : around(other);
    }

    @Override
    public String name() {
        return set.name();
    }

    @Override
    public ObjectSchema schema() {
        return set.schema();
    }

    @Override
    public boolean inPlatformDatabase() {
        return set.inPlatformDatabase();
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return set.ranges(count);
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return set.scan(range, after, limit, filter);
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return set.scanIds(range, after, limit, filter);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return set.fetch(ids);
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return set.find(filters, limit);
    }

    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        return set.asStored(content);
    }

    @Override
    public Map<String, @Nullable Object> sealed(Map<String, @Nullable Object> content, @Nullable Resource before) {
        return set.sealed(content, before);
    }

    @Override
    public boolean holdsUnread(String id) {
        return set.holdsUnread(id);
    }

    @Override
    public long count(@Nullable Filter filter) {
        return set.count(filter);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return set.write(writes);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        return set.write(writes, stillAllowed);
    }

    @Override
    public ObjectSet asTarget() {
        return same(set.asTarget());
    }

    @Override
    public ObjectSet snapshotIn(Path folder) {
        return same(set.snapshotIn(folder));
    }

    @Override
    public boolean hasSnapshotIn(Path folder) {
        return set.hasSnapshotIn(folder);
    }

    @Override
    public ObjectSet now() {
        return same(set.now());
    }

    @Override
    public void publish() {
        set.publish();
    }

    @Override
    public String toString() {
        return name();
    }
}
