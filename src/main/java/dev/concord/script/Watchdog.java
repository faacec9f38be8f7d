package dev.concord.script;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Looks at all sandboxes every few milliseconds and stops the calls that use too much. Sleeps while nothing runs. */
final class Watchdog implements Runnable {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TICKS_BEFORE_SLEEP = 100;

    private final List<Sandbox> sandboxes = new CopyOnWriteArrayList<>();
    private final long tick;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    Watchdog(ScriptLimits limits) {
        this.tick = Math.clamp(
                limits.time().dividedBy(4).toNanos(), 1, Duration.ofMillis(10).toNanos());
        this.thread = Thread.ofPlatform().daemon().name("script-watchdog").unstarted(this);
        thread.start();
    }

    void watch(Sandbox sandbox) {
        sandboxes.add(sandbox);
    }

    void forget(Sandbox sandbox) {
        sandboxes.remove(sandbox);
    }

    int watched() {
        return sandboxes.size();
    }

    /** To be called after a call has begun. */
    void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Bytes the thread has allocated so far; negative when the JVM cannot tell. */
    static long allocated(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.threadId());
    }

    @Override
    public void run() {
        int idle = 0;
        while (!closed) {
            idle = inspectAll() ? 0 : idle + 1;
            if (idle < TICKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, tick);
                continue;
            }
            asleep = true;
            if (!inspectAll() && !closed) {
                LockSupport.park(this);
            }
            asleep = false;
            idle = 0;
        }
    }

    private boolean inspectAll() {
        boolean busy = false;
        long now = System.nanoTime();
        for (Sandbox sandbox : sandboxes) {
            busy |= sandbox.inspect(now);
        }
        return busy;
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
