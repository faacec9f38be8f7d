package dev.concord.telemetry;

import dev.concord.run.Timetable;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The meters of runs. A scrape reads the platform database, unless that was done a moment ago; when the database does
 * not answer, the scrape gets what was known before, so that times in it grow old and alerts can tell. They are one
 * collector and not a meter each, because a mapping that turns up while others are read belongs to the same scrape.
 * Safe for use by several threads.
 */
final class RunMeters implements MultiCollector, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunMeters.class);

    /** The names of the mappings change when somebody writes a file. */
    private static final Duration NAMES = Duration.ofMinutes(1);

    /** Less than what Prometheus waits for a scrape. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunWatch watch;
    private final TripWatch trips;
    private final Figures figures;
    private final Supplier<Collection<String>> mappings;
    private final @Nullable Timetable timetable;
    private final Clock clock;
    private final Duration freshness;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("telemetry").factory());

    private Instant read = Instant.MIN;
    private Instant named = Instant.MIN;
    private boolean unreached;
    private volatile MetricSnapshots snapshots = new MetricSnapshots();
    private @Nullable Future<?> reading;

    /**
     * @param mappings the names of those that are defined
     * @param timetable null when there are no schedules
     * @param freshness how old what was read may be before it is read again
     */
    RunMeters(
            RunWatch watch,
            TripWatch trips,
            Figures figures,
            Supplier<Collection<String>> mappings,
            @Nullable Timetable timetable,
            Clock clock,
            Duration freshness) {
        this.watch = watch;
        this.trips = trips;
        this.figures = figures;
        this.mappings = mappings;
        this.timetable = timetable;
        this.clock = clock;
        this.freshness = freshness;
        String version = RunMeters.class.getPackage().getImplementationVersion();
        figures.set(Meter.BUILD, 1, version == null ? "unpackaged" : version);
    }

    @Override
    public MetricSnapshots collect() {
        try {
            reading().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            // What was known before is shown; the reading goes on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("The meters of runs could not be made: an error of the program.", e.getCause());
        }
        return snapshots;
    }

    private synchronized Future<?> reading() {
        Future<?> current = reading;
        if (current == null || current.isDone()) {
            current = reader.submit(this::read);
            reading = current;
        }
        return current;
    }

    private void read() {
        Instant now = clock.instant();
        if (now.isBefore(read) || !now.isBefore(later(read, freshness))) {
            try {
                if (!now.isBefore(later(named, NAMES))) {
                    Collection<String> names = mappings.get();
                    watch.know(names);
                    trips.know(names);
                    named = now;
                }
                watch.look(now);
                trips.look();
                showTimetable();
                read = now;
                unreached = false;
            } catch (DataAccessException | TransactionException trouble) {
                if (!unreached) {
                    LOG.warn("The meters of runs stay as they are: the platform database cannot be read.");
                }
                unreached = true;
            }
            snapshots = new MetricSnapshots(figures.snapshots());
        }
    }

    private static Instant later(Instant time, Duration by) {
        return time.equals(Instant.MIN) ? time : time.plus(by);
    }

    private void showTimetable() {
        List<Timetable.Line> lines = timetable == null ? List.of() : timetable.lines();
        figures.set(Meter.FAULTY, timetable == null ? 0 : timetable.faulty().size());
        figures.set(Meter.PAUSED, timetable == null ? 0 : timetable.paused().size());
        figures.forget(Meter.INTERVAL);
        figures.forget(Meter.NEXT);
        for (Timetable.Line line : lines) {
            double interval = line.interval().toSeconds();
            figures.setEarlier(Meter.INTERVAL, interval, line.mapping());
            Instant next = line.next();
            if (next != null) {
                figures.setEarlier(Meter.NEXT, RunWatch.seconds(next), line.mapping());
            }
        }
    }

    @Override
    public void close() {
        reader.shutdown();
    }
}
