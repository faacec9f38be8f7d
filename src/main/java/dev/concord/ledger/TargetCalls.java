package dev.concord.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The calls of a run's target that this process made: how many, and how long they took together. They are kept with the
 * run whenever somebody says so, beside its ledger, because calls that were not answered leave no page behind that
 * could tell of them. Safe for use by several threads.
 */
public final class TargetCalls {

    private final Map<Call, Sum> fresh = new ConcurrentHashMap<>();

    /** What became of a call: it was answered, a write of it was refused, nobody answered, or something else. */
    public enum CallOutcome {
        SUCCESS,
        REJECTED,
        UNAVAILABLE,
        ERROR
    }

    /** What is done with a target, as its name in metrics. */
    public enum Operation {
        SCAN,
        FETCH,
        FIND,
        COUNT,
        RANGES,
        WRITE,
        PUBLISH
    }

    /** @param target the system, or {@code managed} */
    public record Call(String target, Operation operation, CallOutcome outcome) {}

    /** @param nanoseconds of all threads together */
    public record Sum(long calls, long nanoseconds) {

        public static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(calls + other.calls, nanoseconds + other.nanoseconds);
        }

        public Sum minus(Sum other) {
            return new Sum(calls - other.calls, nanoseconds - other.nanoseconds);
        }
    }

    public void add(Call call, long nanoseconds) {
        fresh.merge(call, new Sum(1, nanoseconds), Sum::plus);
    }

    /**
     * Keeps with the run what was added since the last time. When that cannot be done, it is tried again with what
     * comes next.
     *
     * @param transaction makes a new one
     */
    public void keep(JdbcTemplate jdbc, TransactionTemplate transaction, String runId) {
        if (fresh.isEmpty()) {
            return;
        }
        Map<Call, Sum> taken = new HashMap<>();
        for (Call call : fresh.keySet()) {
            Sum sum = fresh.remove(call);
            if (sum != null) {
                taken.put(call, sum);
            }
        }
        try {
            transaction.executeWithoutResult(status -> taken.forEach((call, sum) -> keep(jdbc, runId, call, sum)));
        } catch (RuntimeException trouble) {
            taken.forEach((call, sum) -> fresh.merge(call, sum, Sum::plus));
            throw trouble;
        }
    }

    private static void keep(JdbcTemplate jdbc, String runId, Call call, Sum sum) {
        int there = jdbc.update(
                "update target_call set calls = calls + ?, nanoseconds = nanoseconds + ?"
                        + " where run_id = ? and target = ? and operation = ? and outcome = ?",
                sum.calls(),
                sum.nanoseconds(),
                runId,
                call.target(),
                call.operation().name(),
                call.outcome().name());
        if (there == 0) {
            jdbc.update(
                    "insert into target_call (run_id, target, operation, outcome, calls, nanoseconds)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    runId,
                    call.target(),
                    call.operation().name(),
                    call.outcome().name(),
                    sum.calls(),
                    sum.nanoseconds());
        }
    }
}
