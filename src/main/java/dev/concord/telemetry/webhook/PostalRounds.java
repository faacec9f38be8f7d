package dev.concord.telemetry.webhook;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends the postman around as long as the server serves. */
final class PostalRounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PostalRounds.class);

    private final Postman postman;
    private final Duration pause;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhooks").factory());
    private volatile boolean running;

    PostalRounds(Postman postman, Duration pause) {
        this.postman = postman;
        this.pause = pause;
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::round, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            postman.round();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Webhooks could not be looked after ({}); it is tried again.",
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
