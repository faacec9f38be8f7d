package dev.concord.system.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one turn to write into a database of this process. It belongs to a thread, which may have several transactions
 * open at once; who waits longest is next. Safe for use by several threads.
 */
final class Turn {

    /** Half of the time a lease lasts: a heartbeat must not wait until its run is taken for dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Map<String, Turn> TURNS = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private @Nullable Thread owner;
    private int transactions;

    /** The turn of a database, the same for all its connections. */
    static Turn of(String database) {
        return TURNS.computeIfAbsent(database, name -> new Turn());
    }

    /**
     * Waits for the turn, and takes it.
     *
     * @return whether it was taken, and is to be given back; false when another thread keeps it too long
     */
    boolean take() {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (owner != null && owner != Thread.currentThread()) {
                if (left <= 0) {
                    return false;
                }
                left = free.awaitNanos(left);
            }
            owner = Thread.currentThread();
            transactions++;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn back, from whatever thread. */
    void giveBack() {
        lock.lock();
        try {
            if (--transactions == 0) {
                owner = null;
                free.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
