package dev.concord.telemetry;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * An object set that times its calls as {@code recon_target_request_seconds} once it is asked for as a target: a call
 * is for a page, so that records cost nothing more.
 */
final class MeasuredObjectSet implements ObjectSet {

    /** What became of a call: it was answered, a write of it was refused, nobody answered, or something else. */
    private enum CallOutcome {
        SUCCESS,
        REJECTED,
        UNAVAILABLE,
        ERROR
    }

    private record Call(String operation, CallOutcome outcome) {}

    private final ObjectSet set;
    private final MeterRegistry registry;

    /** Null while the set is not a target. */
    private final @Nullable String system;

    private final Map<Call, Timer> timers = new ConcurrentHashMap<>();

    MeasuredObjectSet(ObjectSet set, @Nullable String system, MeterRegistry registry) {
        this.set = set;
        this.system = system;
        this.registry = registry;
    }

    /** The system in a path: {@code managed}, or the name behind {@code system/}. */
    static String system(String path) {
        String[] names = path.split("/", -1);
        return names.length == 3 ? names[1] : names[0];
    }

    @Override
    public ObjectSet asTarget() {
        return new MeasuredObjectSet(set.asTarget(), system(set.name()), registry);
    }

    @Override
    public ObjectSet snapshotIn(Path folder) {
        ObjectSet snapshot = set.snapshotIn(folder);
        return snapshot == set ? this : new MeasuredObjectSet(snapshot, system, registry);
    }

    @Override
    public boolean hasSnapshotIn(Path folder) {
        return set.hasSnapshotIn(folder);
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
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        return set.asStored(content);
    }

    @Override
    public Map<String, @Nullable Object> sealed(Map<String, @Nullable Object> content, @Nullable Resource before) {
        return set.sealed(content, before);
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return timed("ranges", () -> set.ranges(count));
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return timed("scan", () -> set.scan(range, after, limit, filter));
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return timed("scan", () -> set.scanIds(range, after, limit, filter));
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return timed("fetch", () -> set.fetch(ids));
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return timed("find", () -> set.find(filters, limit));
    }

    @Override
    public long count(@Nullable Filter filter) {
        return timed("count", () -> set.count(filter));
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return timed("write", () -> set.write(writes), MeasuredObjectSet::outcome);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        return timed("write", () -> set.write(writes, stillAllowed), MeasuredObjectSet::outcome);
    }

    @Override
    public void publish() {
        timed("publish", () -> {
            set.publish();
            return set;
        });
    }

    private static CallOutcome outcome(List<WriteOutcome> outcomes) {
        return outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance)
                ? CallOutcome.SUCCESS
                : CallOutcome.REJECTED;
    }

    private <T> T timed(String operation, Supplier<T> call) {
        return timed(operation, call, answer -> CallOutcome.SUCCESS);
    }

    private <T> T timed(String operation, Supplier<T> call, Function<T, CallOutcome> judge) {
        if (system == null) {
            return call.get();
        }
        CallOutcome outcome = CallOutcome.ERROR;
        long start = System.nanoTime();
        try {
            T answer = call.get();
            outcome = judge.apply(answer);
            return answer;
        } catch (SystemUnavailable | DataAccessException | TransactionException trouble) {
            outcome = CallOutcome.UNAVAILABLE;
            throw trouble;
        } finally {
            timer(system, new Call(operation, outcome)).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(String of, Call call) {
        return timers.computeIfAbsent(
                call,
                it -> Timer.builder("recon.target.request")
                        .description("Calls of systems that are targets.")
                        .tags(
                                "system",
                                of,
                                "operation",
                                it.operation(),
                                "outcome",
                                it.outcome().name())
                        .register(registry));
    }
}
