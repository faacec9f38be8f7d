package dev.concord.testing.fault;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.ForwardingObjectSet;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A real object set that goes wrong as planned. Views of it follow the same plan. */
public final class FaultyObjectSet extends ForwardingObjectSet {

    private final FaultPlan plan;

    public FaultyObjectSet(ObjectSet set, FaultPlan plan) {
        super(set);
        this.plan = plan;
    }

    @Override
    protected ObjectSet around(ObjectSet other) {
        return new FaultyObjectSet(other, plan);
    }

    @Override
    public ObjectSet snapshotIn(Path folder) {
        return call(Operation.SNAPSHOT, () -> super.snapshotIn(folder));
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return call(Operation.RANGES, () -> set.ranges(count));
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return call(Operation.SCAN, () -> set.scan(range, after, limit, filter));
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return call(Operation.SCAN_IDS, () -> set.scanIds(range, after, limit, filter));
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return call(Operation.FETCH, () -> set.fetch(ids));
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return call(Operation.FIND, () -> set.find(filters, limit));
    }

    @Override
    public long count(@Nullable Filter filter) {
        return call(Operation.COUNT, () -> set.count(filter));
    }

    /** Writes that are to be rejected never reach the set. */
    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return write(writes, () -> {});
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        return call(Operation.WRITE, () -> {
            List<Write> let =
                    writes.stream().filter(write -> rejection(write) == null).toList();
            List<WriteOutcome> outcomes = new ArrayList<>(
                    let.isEmpty()
                            ? List.of()
                            : set.write(
                                    let,
                                    () -> call(Operation.COMMIT, () -> {
                                        stillAllowed.run();
                                        return true;
                                    })));
            for (int i = 0; i < writes.size(); i++) {
                WriteOutcome.Rejected rejection = rejection(writes.get(i));
                if (rejection != null) {
                    outcomes.add(i, rejection);
                }
            }
            return List.copyOf(outcomes);
        });
    }

    @Override
    public void publish() {
        call(Operation.PUBLISH, () -> {
            set.publish();
            return true;
        });
    }

    private WriteOutcome.@Nullable Rejected rejection(Write write) {
        String id = switch (write) {
            case Write.Create create -> create.id();
            case Write.Update update -> update.before().id();
            case Write.Delete delete -> delete.id();
        };
        return id == null ? null : plan.rejections().get(id);
    }

    private <T> T call(Operation operation, Supplier<T> work) {
        int call = plan.begin(operation);
        T answer = work.get();
        plan.end(operation, call);
        return answer;
    }
}
