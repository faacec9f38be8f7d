package dev.concord.cli;

import dev.concord.bench.Measurement;
import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measurements for people: a row each, and below it where the time went. */
final class BenchTable {

    /** Times too short to tell anything are left out. */
    private static final double SHORT = 0.05;

    private static final List<String> LEGEND = List.of(
            "floor    plain JDBC for the same, on one thread; /s: records a second",
            "run      in a process that has just begun; warm: the best of three more runs in the same process, as in a server",
            "ratio    how many times as long as the floor that took",
            "heap     used at most, garbage included; live: left at most after a collection; process: all its memory at most",
            "start    from the start of the process to that of the run, not part of the run",
            "tasks    seconds of all threads together");

    private final Screen screen;

    BenchTable(Screen screen) {
        this.screen = screen;
    }

    void show(List<Measurement> measurements) {
        Table table = new Table(
                screen,
                Column.word("benchmark"),
                Column.word("database"),
                Column.figure("records"),
                Column.figure("floor s"),
                Column.figure("floor/s"),
                Column.figure("run s"),
                Column.figure("run/s"),
                Column.figure("ratio"),
                Column.figure("warm s"),
                Column.figure("ratio"),
                Column.figure("heap MB"),
                Column.figure("live MB"),
                Column.figure("process MB"),
                Column.figure("start s"));
        measurements.forEach(each -> table.row(cells(each), below(each)));
        table.print();
        screen.result("");
        LEGEND.forEach(screen::result);
        measurements.stream()
                .map(Measurement::database)
                .distinct()
                .forEach(database -> screen.result(Measurement.seenElsewhere(database)));
    }

    private static List<Cell> cells(Measurement each) {
        boolean failed = !each.faults().isEmpty();
        return List.of(
                new Cell(each.benchmark(), failed ? Ink.BAD : Ink.BOLD),
                Cell.of(each.database()),
                Cell.figure(each.rows()),
                Cell.of(decimal(each.floorSeconds())),
                Cell.of(whole(each.floorRecordsPerSecond())),
                Cell.of(decimal(each.seconds())),
                Cell.of(whole(each.recordsPerSecond())),
                new Cell(decimal(each.ratio()), Ink.BOLD),
                Cell.of(decimal(each.warmSeconds())),
                new Cell(decimal(each.warmRatio()), Ink.BOLD),
                Cell.of(megabytes(each.peakHeapMb())),
                Cell.of(megabytes(each.liveHeapMb())),
                Cell.of(megabytes(each.peakRssMb())),
                Cell.of(decimal(each.startUpSeconds())));
    }

    private static List<Cell> below(Measurement each) {
        List<Cell> below = new ArrayList<>();
        if (each.growth() != null) {
            below.add(new Cell(decimal(each.growth()) + " times as long as a tenth of the records", Ink.BOLD));
        }
        if (!each.stages().isEmpty()) {
            below.add(new Cell("stages: " + seconds(each.stages()), Ink.FAINT));
            below.add(new Cell("tasks:  " + seconds(each.tasks()), Ink.FAINT));
        }
        return below;
    }

    private static String seconds(Map<String, Double> times) {
        return times.entrySet().stream()
                .filter(time -> time.getValue() >= SHORT)
                .map(time -> time.getKey() + " " + decimal(time.getValue()) + " s")
                .collect(Collectors.joining(", "));
    }

    private static String decimal(@Nullable Double number) {
        return number == null ? Readable.NOTHING : String.format(Locale.ROOT, "%.2f", number);
    }

    private static String whole(@Nullable Double number) {
        return number == null ? Readable.NOTHING : Readable.number(Math.round(number));
    }

    private static String megabytes(@Nullable Long number) {
        return number == null ? Readable.NOTHING : Readable.number(number);
    }
}
