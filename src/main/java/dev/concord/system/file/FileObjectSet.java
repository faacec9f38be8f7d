package dev.concord.system.file;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.file.Publication.Step;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects of one file, seen through a snapshot and the pending changes. */
final class FileObjectSet implements ObjectSet {

    private final ObjectFile file;
    private final PendingChanges pending;
    private final LiveSnapshot live;
    private final Transactions transactions;
    private final boolean target;
    private volatile @Nullable Snapshot frozen;

    /** @param frozen the snapshot to read from; null to read the file as it is now */
    FileObjectSet(
            ObjectFile file,
            PendingChanges pending,
            LiveSnapshot live,
            Transactions transactions,
            boolean target,
            @Nullable Snapshot frozen) {
        this.file = file;
        this.pending = pending;
        this.live = live;
        this.transactions = transactions;
        this.target = target;
        this.frozen = frozen;
    }

    @Override
    public String name() {
        return file.set();
    }

    /** The columns of a file that is not there, or is still empty, are those that the definition names. */
    @Override
    public ObjectSchema schema() {
        Snapshot snapshot = frozen;
        return snapshot == null ? file.schema(file.layout()) : file.schema(layout(snapshot));
    }

    @Override
    public boolean inPlatformDatabase() {
        return true;
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return FileScan.ranges(snapshot(target).size(), count);
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return new FileScan(state(target), filter, false).page(range, after, limit);
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return new FileScan(state(target), filter, true).page(range, after, limit);
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return state(target).fetch(ids);
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        FileState state = state(target);
        if (target) {
            state.checkAllIsReadable();
        }
        return new FileSearch(state, filters, limit).run();
    }

    @Override
    public long count(@Nullable Filter filter) {
        return state(target).count(filter);
    }

    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        return file.format().asStored(content, layout(snapshot(true)));
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        if (writes.isEmpty()) {
            return List.of();
        }
        FileState state = state(true);
        return Objects.requireNonNull(transactions.joined().execute(status -> {
            List<WriteOutcome> outcomes = FileWrites.write(file, state, writes);
            if (status.isNewTransaction() && !outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance)) {
                status.setRollbackOnly();
                return notDone(outcomes);
            }
            return outcomes;
        }));
    }

    /** A batch outside of any transaction is done as a whole or not at all. */
    private static List<WriteOutcome> notDone(List<WriteOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof WriteOutcome.Written ? new WriteOutcome.NotDone() : outcome)
                .toList();
    }

    @Override
    public ObjectSet asTarget() {
        return target ? this : new FileObjectSet(file, pending, live, transactions, true, frozen);
    }

    @Override
    public ObjectSet snapshotIn(Path folder) {
        return new FileObjectSet(file, pending, live, transactions, target, file.snapshot(folder, target));
    }

    @Override
    public ObjectSet now() {
        Snapshot snapshot = frozen;
        return snapshot == null || file.isAsIn(snapshot.facts())
                ? this
                : new FileObjectSet(file, pending, live, transactions, target, null);
    }

    @Override
    public boolean hasSnapshotIn(Path folder) {
        return Snapshot.factsIn(folder, ObjectFile.snapshotName(file.set())).isPresent();
    }

    @Override
    public void publish() {
        publish(step -> {});
    }

    void publish(Consumer<Step> progress) {
        new Publication(file, pending, transactions.own(), progress).run();
        // What was pending is in the file now, which the snapshot does not know.
        frozen = null;
    }

    private static RecordFormat.Layout layout(Snapshot snapshot) {
        return new RecordFormat.Layout(snapshot.facts().columns(), false, false);
    }

    private FileState state(boolean asTarget) {
        return new FileState(file.set(), snapshot(asTarget), pending);
    }

    private Snapshot snapshot(boolean asTarget) {
        Snapshot snapshot = frozen;
        return snapshot == null ? live.get(asTarget) : snapshot;
    }
}
