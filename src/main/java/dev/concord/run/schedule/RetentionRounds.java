package dev.concord.run.schedule;

import dev.concord.run.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has a server take away what is old of all mappings every hour, also of those that are not run any more. */
final class RetentionRounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRounds.class);

    private final Retention retention;
    private final Duration pause;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("retention").factory());
    private volatile boolean running;

    RetentionRounds(Retention retention, Duration pause) {
        this.retention = retention;
        this.pause = pause;
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::round, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            retention.pruneByRule(null, () -> running);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What is old could not be taken away ({}); it is tried again.",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
