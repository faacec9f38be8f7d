package dev.concord.recon;

import dev.concord.record.Resource;
import dev.concord.system.ForwardingObjectSet;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source for those who are about to delete: a record is asked for where it may be by now, before anybody believes
 * what the run's own copy says of it. What is not there any more stays what the copy says.
 */
final class LatestSource extends ForwardingObjectSet {

    private final ObjectSet now;

    /**
     * @param copy what the run has read
     * @param now the set as it is by now
     */
    private LatestSource(ObjectSet copy, ObjectSet now) {
        super(copy);
        this.now = now;
    }

    /** The source of a run, as it is by now where that is another one. */
    static ObjectSet of(ObjectSet source) {
        ObjectSet now = source.now();
        return now == source ? source : new LatestSource(source, now);
    }

    @Override
    protected ObjectSet around(ObjectSet copy) {
        return new LatestSource(copy, now);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new HashMap<>(now.fetch(ids));
        set.fetch(ids.stream().filter(id -> !found.containsKey(id)).toList()).forEach(found::putIfAbsent);
        return found;
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        throw new UnsupportedOperationException("A source is not written to.");
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        return write(writes);
    }
}
