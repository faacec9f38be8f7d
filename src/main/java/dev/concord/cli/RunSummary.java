package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.guard.Guards;
import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run for people: how it went, what was found and done, what it came to, and where to look next. */
final class RunSummary {

    /** A line of the table. */
    private record Line(
            @Nullable Situation situation, @Nullable Action action) {}

    private final Shell shell;
    private final Screen screen;
    private final RunView view;
    private final Run run;
    private final Counts counts;
    private final boolean interrupted;
    private final Instant now;

    /** @param interrupted whether the run was never closed, and nobody works on it any more */
    RunSummary(Shell shell, RunView view, boolean interrupted, Instant now) {
        this.interrupted = interrupted;
        this.shell = shell;
        this.screen = shell.screen();
        this.view = view;
        this.run = view.run();
        this.counts = view.counts();
        this.now = now;
    }

    void print() {
        screen.result(header());
        if (run.message() != null) {
            screen.result(screen.paint(Ink.BAD, Readable.harmless(run.message())));
        }
        if (run.entriesDropped() != null) {
            screen.result(screen.paint(Ink.FAINT, "its entries are gone since " + Readable.time(run.entriesDropped())));
        }
        if (!counts.ops().isEmpty()) {
            screen.result("");
            table().print();
            screen.result("");
            screen.result(effects());
        }
        if (run.kind() == RunKind.UNDO) {
            Guards.wouldTrip(view)
                    .forEach(excess -> screen.result(
                            screen.paint(Ink.BAD, "An undo would stop and wait for approval: " + excess.told())));
        }
        if (counts.failures() > 0) {
            screen.result(screen.paint(Ink.BAD, failures()));
        }
        List<String> next = next();
        if (!next.isEmpty()) {
            screen.result("");
            screen.result(next);
        }
    }

    private String header() {
        long sources = view.counts(Phase.SOURCE).get(Measure.RECORDS);
        Duration duration = view.duration(now);
        String pace = duration.toMillis() == 0 || sources == 0 || run.ended() == null || run.kind() == RunKind.SINGLE
                ? ""
                : ", " + Readable.number(Math.round(sources * 1000.0 / duration.toMillis())) + " records/s";
        return screen.paint(Ink.BOLD, run.mapping()) + ": " + outcome(duration) + ", "
                + (run.kind() == RunKind.UNDO
                        ? Readable.count(sources, "record", "records")
                        : Readable.count(sources, "source record", "source records"))
                + pace
                + screen.paint(Ink.FAINT, "  (run " + Readable.shortId(run.id()) + ", " + words() + ")");
    }

    private String words() {
        return run.kind() == RunKind.UNDO ? Words.of(run) : Words.of(run.kind());
    }

    private String outcome(Duration duration) {
        String time = Readable.duration(duration);
        return switch (run.state()) {
            case ACTIVE ->
                (interrupted
                                ? screen.paint(Ink.BAD, "interrupted") + ": its process is gone, it began "
                                        + Readable.time(run.started())
                                : "running for " + time)
                        + ", " + run.stage().description();
            case SUCCESS -> screen.paint(Ink.GOOD, run.analysis() ? "looked at" : "done") + " in " + time;
            case FAILED -> screen.paint(Ink.BAD, failed()) + " after " + time;
            case CANCELED -> screen.paint(Ink.ODD, "stopped") + " after " + time;
        };
    }

    private String failed() {
        return switch (run.condition()) {
            case WAITING_FOR_APPROVAL -> "waits for approval";
            case DENIED -> "denied";
            case SUPERSEDED -> "superseded";
            case TAKEN_BACK -> "taken back";
            case INFRASTRUCTURE, LEASE_EXPIRED, STOPPED -> "failed";
            case null -> "failed";
        };
    }

    private Table table() {
        List<Outcome> open = Stream.of(Outcome.PLANNED, Outcome.OBSOLETE)
                .filter(outcome -> ops(null, kind -> kind.outcome() == outcome) > 0)
                .toList();
        List<Column> columns = new ArrayList<>(List.of(
                Column.word("situation"), Column.word("action"), Column.figure("done"), Column.figure("failed")));
        open.forEach(outcome -> columns.add(Column.figure(outcome.name().toLowerCase(Locale.ROOT))));
        Table table = new Table(screen, columns);
        Set<Line> lines = new LinkedHashSet<>();
        counts.ops().keySet().forEach(kind -> lines.add(new Line(kind.situation(), kind.action())));
        for (Line line : lines) {
            table.row(
                    cells(
                            line.situation == null ? "(not known)" : line.situation.name(),
                            line.action == null ? Readable.NOTHING : line.action.name(),
                            line,
                            open),
                    List.of());
        }
        table.row(cells("total", "", null, open), List.of());
        return table;
    }

    private List<Cell> cells(String situation, String action, @Nullable Line line, List<Outcome> open) {
        List<Cell> cells = new ArrayList<>(List.of(
                new Cell(situation, line == null ? Ink.BOLD : Ink.PLAIN),
                Cell.of(action),
                Cell.figure(ops(line, kind -> kind.outcome() == Outcome.SUCCESS)),
                Cell.bad(ops(line, kind -> kind.outcome().isFailure()))));
        open.forEach(outcome -> cells.add(Cell.figure(ops(line, kind -> kind.outcome() == outcome))));
        return cells;
    }

    private long ops(@Nullable Line line, Predicate<OpKind> which) {
        return counts.ops(kind -> which.test(kind)
                && (line == null || (kind.situation() == line.situation && kind.action() == line.action)));
    }

    private String effects() {
        String targets = Stream.of(Measure.CREATED, Measure.UPDATED, Measure.UNCHANGED, Measure.DELETED)
                .map(measure -> Words.of(measure) + " " + Readable.number(counts.get(measure)))
                .collect(Collectors.joining(", "));
        String links = Stream.of(Measure.LINKS_CREATED, Measure.LINKS_REPOINTED, Measure.LINKS_REMOVED)
                .filter(measure -> measure != Measure.LINKS_REPOINTED || counts.get(measure) > 0)
                .map(measure -> Words.of(measure) + " " + Readable.number(counts.get(measure)))
                .collect(Collectors.joining(", "));
        return (run.analysis() ? "would have: " : "") + "targets " + targets + "; links " + links;
    }

    private String failures() {
        return "failures: "
                + Stream.of(Outcome.values())
                        .filter(Outcome::isFailure)
                        .filter(kind -> ops(null, op -> op.outcome() == kind) > 0)
                        .map(kind -> Readable.number(ops(null, op -> op.outcome() == kind)) + " "
                                + kind.name().toLowerCase(Locale.ROOT) + " (" + Words.of(kind) + ")")
                        .collect(Collectors.joining(", "));
    }

    private List<String> next() {
        String id = Readable.shortId(run.id());
        List<String[]> hints = new ArrayList<>();
        if (run.state() == RunState.ACTIVE && !interrupted) {
            hints.add(new String[] {"status " + id, "how far it is"});
        }
        if (run.condition() == RunCondition.WAITING_FOR_APPROVAL) {
            hints.add(new String[] {"approve " + id, "go on with what is planned"});
            hints.add(new String[] {"deny " + id, "drop what is planned, for good"});
            hints.add(new String[] {"restart " + id, "judge again, once the cause is mended"});
        } else if (canGoOn()) {
            hints.add(new String[] {"restart " + id, "go on from where it stood"});
        }
        if (counts.ops(kind -> kind.outcome() == Outcome.PLANNED) > 0) {
            hints.add(new String[] {"report " + id + " --status PLANNED", "what is planned"});
        }
        if (counts.failures() > 0) {
            hints.add(new String[] {"report " + id + " --status FAILURE", "which records failed, and why"});
        }
        if (run.analysis()) {
            hints.add(new String[] {"report " + id, "what it would do"});
        } else if (changes() > 0) {
            hints.add(new String[] {"report " + id + " --status SUCCESS", "what was changed"});
        }
        int width = hints.stream()
                .mapToInt(hint -> shell.command(hint[0]).length())
                .max()
                .orElse(0);
        return hints.stream()
                .map(hint -> {
                    String command = shell.command(hint[0]);
                    return "  " + command + " ".repeat(width - command.length()) + "   "
                            + screen.paint(Ink.FAINT, hint[1]);
                })
                .toList();
    }

    private boolean canGoOn() {
        boolean over = run.condition() != null && run.condition().isFinal();
        return !over && (interrupted || run.state() == RunState.FAILED || run.state() == RunState.CANCELED);
    }

    private long changes() {
        return Stream.of(
                        Measure.CREATED, Measure.UPDATED, Measure.DELETED, Measure.LINKS_CREATED, Measure.LINKS_REMOVED)
                .mapToLong(counts::get)
                .sum();
    }
}
