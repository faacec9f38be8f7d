package dev.concord.testing.fault;

import dev.concord.system.WriteOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which calls of an object set, or commits of a database, go wrong, and how. Calls are counted for each operation from
 * 1, over all threads and all views of the set. Safe for use by several threads.
 */
public final class FaultPlan {

    private enum Moment {
        BEFORE,
        AFTER
    }

    /** Of the calls of one operation, so many may go wrong by chance. */
    private static final int MOST_CALLS = 5_000;

    private record Fault(Operation operation, int first, int last, Moment moment, Effect effect) {}

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, WriteOutcome.Rejected> rejections = new ConcurrentHashMap<>();
    private final Map<Operation, AtomicInteger> calls = new ConcurrentHashMap<>();

    /**
     * Reads a plan, faults separated by blanks: {@code write:3:before:halt fetch:1:after:unavailable
     * scan:*:before:10ms}. The second part is the call, {@code *} for all of them.
     */
    public static FaultPlan parse(String text) {
        FaultPlan plan = new FaultPlan();
        for (String fault : text.strip().split("\\s+")) {
            if (fault.isEmpty()) {
                continue;
            }
            String[] parts = fault.split(":");
            if (parts.length != 4) {
                throw new IllegalArgumentException(
                        "'" + fault + "' is no fault. Write operation:call:before|after:effect.");
            }
            boolean all = parts[1].equals("*");
            int call = all ? 1 : Integer.parseInt(parts[1]);
            plan.faults.add(new Fault(
                    Operation.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    call,
                    all ? Integer.MAX_VALUE : call,
                    Moment.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                    Effect.parse(parts[3])));
        }
        return plan;
    }

    /** Something happens before the n-th call. */
    public FaultPlan before(Operation operation, int call, Effect effect) {
        faults.add(new Fault(operation, call, call, Moment.BEFORE, effect));
        return this;
    }

    /** Something happens after the n-th call has done its work, so that its answer is lost. */
    public FaultPlan after(Operation operation, int call, Effect effect) {
        faults.add(new Fault(operation, call, call, Moment.AFTER, effect));
        return this;
    }

    /** Something happens before the n-th call and all that follow. */
    public FaultPlan from(Operation operation, int call, Effect effect) {
        faults.add(new Fault(operation, call, Integer.MAX_VALUE, Moment.BEFORE, effect));
        return this;
    }

    /**
     * Something happens before or after some of the calls, those that the seed chooses.
     *
     * @param share of the calls, from 0 to 1
     */
    public FaultPlan sometimes(Operation operation, double share, long seed, Effect effect) {
        Random random = new Random(seed);
        for (int call = 1; call <= MOST_CALLS; call++) {
            if (random.nextDouble() < share) {
                faults.add(
                        new Fault(operation, call, call, random.nextBoolean() ? Moment.BEFORE : Moment.AFTER, effect));
            }
        }
        return this;
    }

    /** Something happens before every call. */
    public FaultPlan always(Operation operation, Effect effect) {
        faults.add(new Fault(operation, 1, Integer.MAX_VALUE, Moment.BEFORE, effect));
        return this;
    }

    /** Writes of the object with this id are rejected, whatever they are. */
    public FaultPlan reject(String id, WriteOutcome.Kind kind) {
        rejections.put(id, new WriteOutcome.Rejected(kind, null, "Rejected, as the test wants it."));
        return this;
    }

    /** Everything goes well from now on. */
    public void clear() {
        faults.clear();
        rejections.clear();
    }

    /** How often the operation was called so far. */
    public int calls(Operation operation) {
        return counter(operation).get();
    }

    int begin(Operation operation) {
        int call = counter(operation).incrementAndGet();
        happen(operation, call, Moment.BEFORE);
        return call;
    }

    void end(Operation operation, int call) {
        happen(operation, call, Moment.AFTER);
    }

    Map<String, WriteOutcome.Rejected> rejections() {
        return rejections;
    }

    private AtomicInteger counter(Operation operation) {
        return calls.computeIfAbsent(operation, any -> new AtomicInteger());
    }

    private void happen(Operation operation, int call, Moment moment) {
        for (Fault fault : faults) {
            if (fault.operation() == operation
                    && fault.moment() == moment
                    && fault.first() <= call
                    && call <= fault.last()) {
                fault.effect().happen();
            }
        }
    }
}
