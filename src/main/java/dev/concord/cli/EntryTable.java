package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries for people: a line each, and below it what there is to say and which attributes changed. */
final class EntryTable implements ReportCommand.Writer {

    private static final int ROWS_AT_ONCE = 500;

    private final Screen screen;
    private Table table;
    private int rows;
    private boolean titled;

    EntryTable(Screen screen) {
        this.screen = screen;
        this.table = newTable(screen);
    }

    private static Table newTable(Screen screen) {
        return new Table(
                screen,
                Column.word("situation"),
                Column.word("action"),
                Column.word("status"),
                Column.text("source"),
                Column.text("target"),
                Column.text("shown as"));
    }

    @Override
    public void write(EntryView view) {
        Entry entry = view.entry();
        Outcome errorKind = view.errorKind();
        table.row(
                List.of(
                        Cell.of(word(entry.situation())),
                        Cell.of(word(entry.action())),
                        new Cell(
                                view.status() + (errorKind == null ? "" : " (" + errorKind + ")"),
                                view.status() == Status.FAILURE ? Ink.BAD : Ink.PLAIN),
                        Cell.of(id(entry.sourceId())),
                        Cell.of(id(entry.targetId())),
                        Cell.of(display(entry))),
                below(entry));
        if (++rows == ROWS_AT_ONCE) {
            printSoFar();
        }
    }

    @Override
    public void close() {
        printSoFar();
    }

    private void printSoFar() {
        if (!table.isEmpty()) {
            if (titled) {
                table.withoutTitles();
            }
            table.print();
            titled = true;
        }
        table = newTable(screen);
        rows = 0;
    }

    private List<Cell> below(Entry entry) {
        List<Cell> below = new ArrayList<>();
        Ink ink = entry.outcome().isFailure() ? Ink.BAD : Ink.FAINT;
        if (entry.message() != null) {
            below.add(new Cell(Readable.harmless(entry.message()), ink));
        }
        if (entry.detail() != null) {
            below.add(new Cell(Readable.harmless(entry.detail()), ink));
        }
        if (!entry.candidateIds().isEmpty()) {
            below.add(Cell.of("candidates: " + Readable.harmless(String.join(", ", entry.candidateIds()))));
        }
        if (!entry.qualifier().isEmpty() && !entry.qualifier().equals("default")) {
            below.add(Cell.of("link qualifier: " + Readable.harmless(entry.qualifier())));
        }
        below.addAll(ChangeLines.of(screen, entry.differences()));
        return below;
    }

    private static String display(Entry entry) {
        Map<String, @Nullable Object> values =
                entry.display().getOrDefault("source", entry.display().getOrDefault("target", Map.of()));
        return values.isEmpty()
                ? Readable.NOTHING
                : values.values().stream().map(Readable::value).collect(Collectors.joining(" "));
    }

    private static String id(@Nullable String id) {
        return id == null ? Readable.NOTHING : Readable.harmless(id);
    }

    private static String word(@Nullable Enum<?> word) {
        return word == null ? Readable.NOTHING : word.name();
    }
}
