package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.Counts;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs, one line each. */
final class RunTable {

    private final Screen screen;
    private final LedgerReader reader;
    private final TripLines trips;
    private final Predicate<Run> interrupted;
    private final Instant now;

    /** @param interrupted whether a run was never closed, and nobody works on it any more */
    RunTable(Screen screen, LedgerReader reader, TripLines trips, Predicate<Run> interrupted, Instant now) {
        this.interrupted = interrupted;
        this.screen = screen;
        this.reader = reader;
        this.trips = trips;
        this.now = now;
    }

    void print(List<Run> runs) {
        Table table = new Table(
                screen,
                Column.word("run"),
                Column.text("mapping"),
                Column.word("kind"),
                Column.word("state"),
                Column.word("started"),
                Column.figure("duration"),
                Column.figure("ops"),
                Column.figure("failed"));
        for (Run run : runs) {
            Counts totals = run.totals();
            Counts counts = totals == null ? reader.counts(run.id(), null) : totals;
            table.row(
                    List.of(
                            Cell.of(Readable.shortId(run.id())),
                            Cell.of(run.mapping()),
                            Cell.of(Words.of(run) + (run.analysis() ? ", analysis" : "")),
                            state(run),
                            Cell.of(Readable.time(run.started())),
                            Cell.of(Readable.duration(new RunView(run, Map.of()).duration(now))),
                            Cell.figure(counts.get(Measure.OPS)),
                            Cell.bad(counts.failures())),
                    trips.held(run).stream()
                            .map(line -> new Cell(line, Ink.FAINT))
                            .toList());
        }
        table.print();
    }

    /** The runs as PingIDM's clients know them. */
    List<Map<String, @Nullable Object>> json(List<Run> runs) {
        return runs.stream()
                .map(run -> {
                    Map<String, @Nullable Object> json = reader.view(run).json(now);
                    json.put("interrupted", interrupted.test(run));
                    return json;
                })
                .toList();
    }

    private Cell state(Run run) {
        if (interrupted.test(run)) {
            return new Cell(run.state() + " (interrupted)", Ink.BAD);
        }
        String condition = run.condition() == null ? "" : " (" + run.condition() + ")";
        return new Cell(
                run.state() + condition,
                switch (run.state()) {
                    case ACTIVE -> Ink.BOLD;
                    case SUCCESS -> Ink.GOOD;
                    case FAILED -> Ink.BAD;
                    case CANCELED -> Ink.ODD;
                });
    }
}
