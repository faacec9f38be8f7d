package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.ledger.TargetCalls;
import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.record.Resource;
import dev.concord.system.ForwardingObjectSet;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A target that counts and times the calls of its run: a call is for a page, so that records cost nothing more. */
final class MeasuredTarget extends ForwardingObjectSet {

    private final String system;
    private final TargetCalls calls;

    MeasuredTarget(ObjectSet set, TargetCalls calls) {
        super(set);
        this.system = system(set.name());
        this.calls = calls;
    }

    /** The system in a path: {@code managed}, or the name behind {@code system/}. */
    static String system(String path) {
        String[] names = path.split("/", -1);
        return names.length == 3 ? names[1] : names[0];
    }

    @Override
    protected ObjectSet around(ObjectSet other) {
        return new MeasuredTarget(other, calls);
    }

    @Override
    public List<KeyRange> ranges(int count) {
        return timed(Operation.RANGES, () -> set.ranges(count));
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return timed(Operation.SCAN, () -> set.scan(range, after, limit, filter));
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return timed(Operation.SCAN, () -> set.scanIds(range, after, limit, filter));
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        return timed(Operation.FETCH, () -> set.fetch(ids));
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        return timed(Operation.FIND, () -> set.find(filters, limit));
    }

    @Override
    public long count(@Nullable Filter filter) {
        return timed(Operation.COUNT, () -> set.count(filter));
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return timed(Operation.WRITE, () -> set.write(writes), MeasuredTarget::outcome);
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        return timed(Operation.WRITE, () -> set.write(writes, stillAllowed), MeasuredTarget::outcome);
    }

    @Override
    public void publish() {
        timed(Operation.PUBLISH, () -> {
            set.publish();
            return set;
        });
    }

    private static CallOutcome outcome(List<WriteOutcome> outcomes) {
        return outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance)
                ? CallOutcome.SUCCESS
                : CallOutcome.REJECTED;
    }

    private <T> T timed(Operation operation, Supplier<T> call) {
        return timed(operation, call, answer -> CallOutcome.SUCCESS);
    }

    private <T> T timed(Operation operation, Supplier<T> call, Function<T, CallOutcome> judge) {
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
            calls.add(new Call(system, operation, outcome), System.nanoTime() - start);
        }
    }
}
