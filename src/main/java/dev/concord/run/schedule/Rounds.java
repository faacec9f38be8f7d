package dev.concord.run.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What a server looks after every few seconds as long as it serves: files that changed, firings that wait, runs that
 * were left behind. It begins before Quartz fires, and ends before runs are asked to stop.
 */
final class Rounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration KEPT = Duration.ofDays(90);

    private final Schedules schedules;
    private final WaitingRuns waiting;
    private final Recovery recovery;
    private final Firings firings;
    private final Clock clock;
    private final Duration look;
    private final Duration recover;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedules").factory());
    private volatile boolean running;

    /**
     * @param look how often files and waiting firings are looked at
     * @param recover likewise for runs that were left behind
     */
    Rounds(
            Schedules schedules,
            WaitingRuns waiting,
            Recovery recovery,
            Firings firings,
            Clock clock,
            Duration look,
            Duration recover) {
        this.schedules = schedules;
        this.waiting = waiting;
        this.recovery = recovery;
        this.firings = firings;
        this.clock = clock;
        this.look = look;
        this.recover = recover;
    }

    @Override
    public void start() {
        running = true;
        schedules.look();
        every(look, schedules::look);
        every(look, waiting::startAll);
        every(recover, recovery::recover);
        every(Duration.ofHours(6), () -> firings.forgetBefore(clock.instant().minus(KEPT)));
    }

    private void every(Duration pause, Runnable round) {
        timer.scheduleWithFixedDelay(() -> quietly(round), 1_000, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever went wrong may be well the next time, and a timer drops what throws. */
    private static void quietly(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Schedules could not be looked after ({}); it is tried again.",
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
        quietly(recovery::processEnds);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ahead of Quartz and the doors when the server starts, behind them when it ends. */
    @Override
    public int getPhase() {
        return 0;
    }
}
