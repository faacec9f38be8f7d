package dev.concord.telemetry;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunBoard;
import dev.concord.ledger.RunBoard.Line;
import dev.concord.ledger.RunCounts;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Status;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of the platform database what became of runs since it was read last, whichever process works on them.
 *
 * <p>Times and sizes of last runs are there from the first reading on. Counters count what happens while this process
 * watches and begin at zero, as counters of Prometheus do: were they the sums of the runs that the database still
 * holds, they would fall when old runs are deleted, and a counter that falls is taken for one that began anew. A run
 * that is deleted takes nothing away from them.
 *
 * <p>Not safe for use by several threads.
 */
final class RunWatch {

    /** What ended without success may be continued; so many of these are looked at again. */
    private static final int UNFINISHED = 200;

    private static final double NANOSECONDS = 1e9;

    private final RunBoard board;
    private final Function<String, RunCounts> counts;
    private final Figures figures;
    private final CallWatch calls;

    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, SourceSizes> sizes = new HashMap<>();
    private final LinkedHashMap<String, Watched> watched = new LinkedHashMap<>();
    private final Set<String> active = new HashSet<>();
    private boolean begun;

    /** A run that may still change. */
    private static final class Watched {
        private final RunCounts counts;
        private final Map<Phase, Long> done = new HashMap<>();
        private @Nullable Instant endTold;

        private Watched(RunCounts counts) {
            this.counts = counts;
        }
    }

    /** @param counts what a run counts, by its id */
    RunWatch(RunBoard board, Function<String, RunCounts> counts, Figures figures) {
        this.board = board;
        this.counts = counts;
        this.figures = figures;
        this.calls = new CallWatch(board, figures);
    }

    /** Mappings that may never have been run. */
    void know(Collection<String> mappings) {
        mappings.forEach(this::know);
    }

    /** Brings the figures up to date. */
    void look(Instant now) {
        Map<String, Long> numbers = board.newest();
        List<RunBoard.Beat> beats = board.beats();
        if (!begun) {
            begin(numbers);
            begun = true;
        }
        List<Line> lines = new ArrayList<>();
        numbers.forEach((mapping, number) -> {
            know(mapping);
            long seen = newest.getOrDefault(mapping, 0L);
            if (number > seen) {
                lines.addAll(board.after(mapping, seen));
            }
        });
        Set<String> ids = new HashSet<>(watched.keySet());
        beats.forEach(beat -> ids.add(beat.runId()));
        lines.forEach(line -> ids.remove(line.id()));
        lines.addAll(board.find(ids));
        lines.sort(Comparator.comparingLong(Line::number));
        Set<String> before = Set.copyOf(active);
        active.clear();
        // First: what a run calls after it has been seen to have succeeded is nothing any more.
        calls.skip(continued(lines));
        calls.look(lines.stream().map(Line::id).toList());
        lines.forEach(this::look);
        before.stream().filter(mapping -> !active.contains(mapping)).forEach(this::rest);
        beat(beats, lines, now);
        time(lines, now);
    }

    /** What is there when the watch begins has been counted by those who watched before. */
    private void begin(Map<String, Long> numbers) {
        numbers.forEach((mapping, number) -> {
            know(mapping);
            newest.put(mapping, number);
            List<Line> known = new ArrayList<>(board.lastFull(mapping, RunState.SUCCESS, 2));
            known.addAll(board.lastFull(mapping, null, 1));
            known.forEach(this::tellOfFull);
            board.last(mapping).filter(last -> last.state() != RunState.SUCCESS).ifPresent(last -> {
                Watched run = new Watched(counts.apply(last.id()));
                watched.put(last.id(), run);
                run.endTold = last.ended();
                if (last.state() == RunState.ACTIVE) {
                    run.counts.follow((phase, segment) -> progress(last, run, phase, segment));
                } else {
                    run.counts.skip();
                }
            });
        });
        calls.skip(watched.keySet());
    }

    /** Older runs that somebody goes on with: what they counted before has been counted. */
    private List<String> continued(List<Line> lines) {
        return lines.stream()
                .filter(line ->
                        !watched.containsKey(line.id()) && line.number() <= newest.getOrDefault(line.mapping(), 0L))
                .map(Line::id)
                .toList();
    }

    private void look(Line line) {
        Watched run = watched.get(line.id());
        if (run == null) {
            run = new Watched(counts.apply(line.id()));
            watched.put(line.id(), run);
            if (line.number() <= newest.getOrDefault(line.mapping(), 0L)) {
                // An older run that somebody goes on with: what it counted before has been counted.
                run.counts.skip();
            }
        }
        if (line.number() > newest.getOrDefault(line.mapping(), 0L)) {
            newest.put(line.mapping(), line.number());
            figures.forget(Meter.EXPECTED, line.mapping());
            figures.forget(Meter.DONE, line.mapping());
        }
        expect(line);
        Watched followed = run;
        run.counts.follow((phase, segment) -> {
            progress(line, followed, phase, segment);
            if (!line.analysis()) {
                count(line.mapping(), segment);
            }
        });
        tellOfFull(line);
        if (line.state() == RunState.ACTIVE) {
            active.add(line.mapping());
            figures.set(Meter.ACTIVE, 1, line.mapping());
        } else {
            tellOfEnd(line, run);
        }
    }

    private void tellOfEnd(Line line, Watched run) {
        if (line.ended() != null && !line.ended().equals(run.endTold)) {
            run.endTold = line.ended();
            figures.add(Meter.RUNS, 1, line.mapping(), kind(line), line.state().name());
        }
        if (line.state() == RunState.SUCCESS) {
            watched.remove(line.id());
        } else if (watched.size() > UNFINISHED) {
            watched.keySet().remove(watched.firstEntry().getKey());
        }
    }

    private void expect(Line line) {
        if (line.number() == newest.getOrDefault(line.mapping(), 0L)) {
            expect(line, Phase.SOURCE, line.sources());
            expect(line, Phase.TARGET, line.targets());
            expect(line, Phase.LINKS, line.links());
        }
    }

    private void expect(Line line, Phase phase, long records) {
        if (records >= 0) {
            figures.setLater(Meter.EXPECTED, records, line.mapping(), word(phase));
            if (phase == Phase.SOURCE) {
                figures.know(Meter.DONE, line.mapping(), word(phase));
            }
        }
    }

    private void progress(Line line, Watched run, Phase phase, Counts segment) {
        long done = run.done.merge(phase, segment.get(Measure.RECORDS), Long::sum);
        if (line.number() == newest.getOrDefault(line.mapping(), 0L)) {
            figures.set(Meter.DONE, done, line.mapping(), word(phase));
            // Targets that the run itself made were not there to be counted at its start.
            figures.raise(Meter.EXPECTED, done, line.mapping(), word(phase));
        }
    }

    /** Planned ops are counted when they are done; what a segment takes back is only ever a planned op. */
    private void count(String mapping, Counts segment) {
        segment.ops().forEach((kind, number) -> {
            if (kind.outcome() != Outcome.PLANNED) {
                Situation situation = kind.situation();
                figures.add(Meter.RECORDS, number, mapping, situation == null ? "UNKNOWN" : situation.name());
                Action action = kind.action();
                figures.add(
                        Meter.ACTIONS,
                        number,
                        mapping,
                        action == null ? "UNKNOWN" : action.name(),
                        Status.of(kind.outcome()).name());
            }
            if (kind.outcome() == Outcome.SCRIPT) {
                figures.add(Meter.SCRIPT_FAILURES, number, mapping);
            }
        });
        segment.times().forEach((task, time) -> figures.add(Meter.STAGES, time / NANOSECONDS, mapping, task.key()));
        figures.add(Meter.CHUNK_RETRIES, segment.get(Measure.RETRIES), mapping);
    }

    private void tellOfFull(Line line) {
        if (!line.isFull()) {
            return;
        }
        String mapping = line.mapping();
        figures.setLater(Meter.LAST_START, seconds(line.started()), mapping);
        if (line.ended() != null) {
            figures.setLater(Meter.LAST_END, seconds(line.ended()), mapping);
            if (line.state() == RunState.SUCCESS) {
                figures.setLater(Meter.LAST_SUCCESS, seconds(line.ended()), mapping);
            }
        }
        SourceSizes size = sizes.computeIfAbsent(mapping, name -> new SourceSizes());
        size.tell(line);
        size.show(figures, mapping);
    }

    private void rest(String mapping) {
        figures.set(Meter.ACTIVE, 0, mapping);
        figures.forget(Meter.HEARTBEAT, mapping);
    }

    private void beat(List<RunBoard.Beat> beats, List<Line> lines, Instant now) {
        Map<String, Duration> ages = new HashMap<>();
        beats.forEach(beat -> ages.put(beat.runId(), beat.age()));
        for (Line line : lines) {
            if (line.state() == RunState.ACTIVE) {
                Duration age = ages.get(line.id());
                // Without a lease nobody works on it; the last beat seen, or the start, says for how long.
                Instant last = age == null ? line.started() : now.minus(age);
                figures.setLater(Meter.HEARTBEAT, seconds(last), line.mapping());
            }
        }
    }

    private void time(List<Line> lines, Instant now) {
        sizes.keySet().forEach(mapping -> figures.set(Meter.ACTIVE_TIME, 0, mapping));
        for (Line line : lines) {
            if (line.isFull() && line.state() == RunState.ACTIVE) {
                Duration worked = Duration.between(line.started(), now).minus(line.breaks());
                figures.setLater(Meter.ACTIVE_TIME, worked.toMillis() / 1000.0, line.mapping());
            }
        }
    }

    private void know(String mapping) {
        if (sizes.putIfAbsent(mapping, new SourceSizes()) == null) {
            FirstFigures.of(mapping, figures);
        }
    }

    private static String kind(Line line) {
        return line.analysis() ? "analysis" : word(line.kind());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
