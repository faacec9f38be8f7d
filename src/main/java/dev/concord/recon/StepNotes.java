package dev.concord.recon;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/**
 * Spares the database most of what the framework notes of steps. It wants to note how far a step is after each page, in
 * two transactions of its own, which would be two of three that a page costs; but where a step stands is in the ledger,
 * and nobody reads the framework's count before the step ends. What changes a step's status is always noted. Safe for
 * use by several threads.
 */
final class StepNotes {

    /** Often enough for somebody who looks into the framework's tables. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LongSupplier nanoseconds;
    private final Map<Note, Long> last = new ConcurrentHashMap<>();

    private record Note(String kind, long step) {}

    /** @param nanoseconds the time, as {@link System#nanoTime} gives it */
    StepNotes(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /** Whether a call of the framework's repository can be left out. */
    boolean isSuperfluous(Method method, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof StepExecution step)) {
            return false;
        }
        String kind = method.getName();
        if (!kind.equals("update") && !kind.equals("updateExecutionContext")) {
            return false;
        }
        Note note = new Note(kind, step.getId());
        if (step.getStatus() != BatchStatus.STARTED) {
            last.remove(note);
            return false;
        }
        long now = nanoseconds.getAsLong();
        Long before = last.get(note);
        if (before != null && now - before < PAUSE.toNanos()) {
            return true;
        }
        last.put(note, now);
        return false;
    }
}
