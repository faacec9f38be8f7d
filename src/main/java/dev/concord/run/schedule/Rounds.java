package dev.concord.run.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

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
    private final News news = new News();
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
        quietly("schedules", schedules::look);
        every(look, "schedules", schedules::look);
        every(look, "firings that wait", waiting::startAll);
        every(recover, "runs that were left behind", recovery::recover);
        every(
                Duration.ofHours(6),
                "old firings",
                () -> firings.forgetBefore(clock.instant().minus(KEPT)));
    }

    private void every(Duration pause, String what, Runnable round) {
        timer.scheduleWithFixedDelay(() -> quietly(what, round), 1_000, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever went wrong may be well the next time, and a timer drops what throws. */
    private void quietly(String what, Runnable round) {
        try {
            round.run();
            if (news.isOver(what)) {
                LOG.info("A look at {} went well again.", what);
            }
        } catch (RuntimeException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            if (news.isNew(what, e.getClass().getName() + " " + cause.getClass().getName())) {
                LOG.warn(
                        "A look at {} came to nothing ({}); it is tried again.",
                        what,
                        cause.getClass().getSimpleName(),
                        e);
            }
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
        quietly("runs of this process", recovery::processEnds);
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
