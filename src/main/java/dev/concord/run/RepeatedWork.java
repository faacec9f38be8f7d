package dev.concord.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What a server does again and again as long as it serves, on a thread of its own. What goes wrong once may go well the
 * next time. Safe for use by several threads.
 */
public final class RepeatedWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Does it once. */
    @FunctionalInterface
    public interface Round {

        /** @param goesOn false as soon as the server wants to end */
        void make(BooleanSupplier goesOn) throws InterruptedException;
    }

    private final String name;
    private final Duration pause;
    private final Round round;
    private final ScheduledExecutorService timer;
    private volatile boolean running;

    /**
     * @param name of the thread, which says what the work is
     * @param pause between the start of the server and the first round, and between two rounds
     */
    public RepeatedWork(String name, Duration pause, Round round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::makeRound, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void makeRound() {
        try {
            round.make(this::isRunning);
        } catch (RuntimeException e) {
            // A timer drops what throws.
            LOG.warn(
                    "A round of {} came to nothing ({}); it is tried again.",
                    name,
                    e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
