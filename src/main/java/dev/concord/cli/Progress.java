package dev.concord.cli;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Stage;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Shows how a run gets on. Safe for use by several threads. */
final class Progress implements RunListener, AutoCloseable {

    /** How progress looks. */
    interface Display {

        void runBegins(Run run);

        void phaseBegins(PhaseProgress progress);

        void phaseGoesOn(PhaseProgress progress);

        void phaseEnds(PhaseProgress progress);

        void runEnds();

        /** How often {@link #phaseGoesOn} makes sense. */
        Duration interval();
    }

    private final Display display;
    private final ToLongFunction<Phase> before;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    private @Nullable Phase phase;
    private long done;
    private long expected;
    private long failures;
    private long began;

    /** @param before records of a phase that were done before, when a run is continued */
    Progress(Display display, ToLongFunction<Phase> before, LongSupplier nanoTime) {
        this.display = display;
        this.before = before;
        this.nanoTime = nanoTime;
    }

    static Progress on(Screen screen, ToLongFunction<Phase> before) {
        Display display = screen.errIsTerminal() ? new ProgressBar(screen) : new ProgressLines(screen);
        Progress progress = new Progress(display, before, System::nanoTime);
        long interval = display.interval().toMillis();
        progress.ticker.scheduleWithFixedDelay(progress::tick, interval, interval, TimeUnit.MILLISECONDS);
        return progress;
    }

    @Override
    public synchronized void started(Run run) {
        display.runBegins(run);
    }

    @Override
    public synchronized void entered(Run run, Stage stage, long expectedRecords) {
        endPhase();
        phase = phase(stage);
        if (phase != null) {
            done = before.applyAsLong(phase);
            expected = expectedRecords;
            failures = 0;
            began = nanoTime.getAsLong();
            display.phaseBegins(now(phase));
        }
    }

    @Override
    public synchronized void committed(Run run, Phase of, Counts counts) {
        done += counts.get(Measure.RECORDS);
        failures += counts.failures();
    }

    @Override
    public synchronized void ended(Run run) {
        endPhase();
        display.runEnds();
    }

    synchronized void tick() {
        if (phase != null) {
            display.phaseGoesOn(now(phase));
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        synchronized (this) {
            endPhase();
        }
    }

    private void endPhase() {
        if (phase != null) {
            display.phaseEnds(now(phase));
            phase = null;
        }
    }

    private PhaseProgress now(Phase of) {
        return new PhaseProgress(
                of.name().toLowerCase(Locale.ROOT),
                before.applyAsLong(of),
                done,
                expected,
                failures,
                Duration.ofNanos(nanoTime.getAsLong() - began));
    }

    private static @Nullable Phase phase(Stage stage) {
        return switch (stage) {
            case ACTIVE_RECONCILING_SOURCE -> Phase.SOURCE;
            case ACTIVE_RECONCILING_TARGET -> Phase.TARGET;
            case ACTIVE_LINK_CLEANUP -> Phase.LINKS;
            case ACTIVE_PROCESSING_RESULTS -> Phase.DELETES;
            case ACTIVE_INITIALIZED,
                    ACTIVE_QUERY_ENTRIES,
                    ACTIVE_CANCELING,
                    COMPLETED_SUCCESS,
                    COMPLETED_CANCELED,
                    COMPLETED_FAILED -> null;
        };
    }
}
