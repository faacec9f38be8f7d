package dev.concord.recon;

import dev.concord.ledger.Task;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges the time of a thread to what it is doing: a task within another takes its time from it. Each thread has a
 * clock of its own, because a page is read, decided and committed by one thread, through parts that do not know pages.
 */
final class TaskClock {

    private static final ThreadLocal<TaskClock> CLOCK = ThreadLocal.withInitial(TaskClock::new);

    private final long[] nanoseconds = new long[Task.values().length];
    private Task current = Task.DECISION;
    private long since = System.nanoTime();

    private TaskClock() {}

    /** Charges what the work takes to a task. */
    static <T extends @Nullable Object> T time(Task task, Supplier<T> work) {
        TaskClock clock = CLOCK.get();
        Task outer = clock.enter(task);
        try {
            return work.get();
        } finally {
            clock.enter(outer);
        }
    }

    static void time(Task task, Runnable work) {
        time(task, () -> {
            work.run();
            return task;
        });
    }

    /** Forgets what this thread did so far: something new begins. */
    static void reset() {
        CLOCK.remove();
    }

    /**
     * What this thread did since it was asked last. What follows the question, up to the commit, counts for the next
     * page of the thread; the last page's is nowhere.
     */
    static Map<Task, Long> read() {
        TaskClock clock = CLOCK.get();
        clock.enter(clock.current);
        Map<Task, Long> times = new EnumMap<>(Task.class);
        for (Task task : Task.values()) {
            long time = clock.nanoseconds[task.ordinal()];
            if (time > 0) {
                times.put(task, time);
                clock.nanoseconds[task.ordinal()] = 0;
            }
        }
        return times;
    }

    private Task enter(Task task) {
        long now = System.nanoTime();
        nanoseconds[current.ordinal()] += now - since;
        since = now;
        Task outer = current;
        current = task;
        return outer;
    }
}
