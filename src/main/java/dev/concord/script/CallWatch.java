package dev.concord.script;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles between the thread that runs a sandbox's calls and the watchdog who may end a call, by {@link #state}: the
 * call's number and what it is doing. The watchdog stops only a call that runs script code at that moment, never one
 * that is inside {@code openidm.*}, because stopping interrupts the thread and there is database code that does not
 * survive that. The watchdog calls {@link #inspect}; all else is for the thread of the call.
 */
final class CallWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

    private static final int PHASE = 3;
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int OUTSIDE = 2;
    private static final int STOPPING = 3;
    private static final long PATIENCE = 10_000_000_000L;

    private final ScriptLimits limits;
    private final Context context;

    private final AtomicLong state = new AtomicLong();
    private final CompletableFuture<String> stopped = new CompletableFuture<>();
    private volatile long deadline;
    private volatile @Nullable Thread thread;
    private @Nullable ScriptCall call;

    private long seenState;
    private long seenAllocation;
    private long stoppingSince;
    private boolean complained;

    /** @param context is closed when a call has to be stopped */
    CallWatch(ScriptLimits limits, Context context) {
        this.limits = limits;
        this.context = context;
    }

    void begin(ScriptCall run) {
        call = run;
        thread = Thread.currentThread();
        deadline = System.nanoTime() + limits.time().toNanos();
        state.set(next(state.get()) | RUNNING);
    }

    /** The call between its beginning and its end; null when there is none. */
    @Nullable
    ScriptCall call() {
        return call;
    }

    /** Whether there is a call that runs script code and is not being stopped. */
    boolean isRunning() {
        return (state.get() & PHASE) == RUNNING;
    }

    /**
     * Does work that is not the script's. The call cannot be stopped meanwhile, and its clock stands still.
     *
     * @throws CallDepth.StoppedException when the call is being stopped already
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that runs the script writes it
    <T extends @Nullable Object> T outside(Supplier<T> work) {
        long running = state.get();
        if (!state.compareAndSet(running, (running & ~PHASE) | OUTSIDE)) {
            throw new CallDepth.StoppedException();
        }
        long left = System.nanoTime();
        try {
            return work.get();
        } finally {
            deadline += System.nanoTime() - left;
            state.set(next(running) | RUNNING);
        }
    }

    /**
     * Ends the call; answers why it was stopped, or null. No interrupt meant for the script comes after that.
     *
     * @param interrupted whether the thread was interrupted before the call, and is to be so again
     */
    @Nullable
    String end(boolean interrupted) {
        long running = state.get();
        call = null;
        thread = null;
        if ((running & PHASE) == RUNNING && state.compareAndSet(running, next(running) | IDLE)) {
            return null;
        }
        String reason = stopped.join();
        if (Thread.interrupted() && interrupted) {
            Thread.currentThread().interrupt();
        }
        return reason;
    }

    private static long next(long state) {
        return (state & ~PHASE) + PHASE + 1;
    }

    /** For the watchdog: stops the call if it uses too much. Answers whether there is a call. */
    boolean inspect(long now) {
        long seen = state.get();
        Thread worker = thread;
        switch ((int) (seen & PHASE)) {
            case IDLE -> {
                return false;
            }
            case RUNNING -> {
                if (now - deadline > 0) {
                    stop(seen, "running longer than " + ScriptFailures.words(limits.time()), now);
                } else if (worker != null) {
                    weigh(seen, Watchdog.allocated(worker), now);
                }
            }
            case STOPPING -> {
                if (!complained && now - stoppingSince > PATIENCE) {
                    complained = true;
                    ScriptCall busy = call;
                    LOG.warn(
                            "The script at {} does not stop: it is inside a built-in function that cannot be interrupted.",
                            busy == null ? "?" : ScriptFailures.place(busy.script, 0));
                }
            }
            default -> {}
        }
        return true;
    }

    private void weigh(long seen, long allocated, long now) {
        if (seen != seenState) {
            seenState = seen;
            seenAllocation = allocated;
        } else if (allocated - seenAllocation > limits.allocation()) {
            stop(seen, String.format(Locale.ROOT, "allocating more than %,d MB", limits.allocation() >> 20), now);
        }
    }

    private void stop(long seen, String reason, long now) {
        if (!state.compareAndSet(seen, (seen & ~PHASE) | STOPPING)) {
            return;
        }
        stoppingSince = now;
        // Closing waits for the call to end; the watchdog has others to look after.
        Thread.ofPlatform().daemon().name("script-stop").start(() -> {
            try {
                context.close(true);
            } catch (PolyglotException e) {
                LOG.debug("Closing a stopped script's context failed: {}", e.getMessage());
            } finally {
                stopped.complete(reason);
            }
        });
    }
}
