package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Status;
import dev.concord.record.AttributeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries for people: a line each, and below it what there is to say and which attributes changed. */
final class EntryTable implements ReportCommand.Writer {

    private static final int ROWS_AT_ONCE = 500;
    private static final int VALUE_COLUMNS = 60;

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
        int width = entry.differences().stream()
                .mapToInt(change -> TextWidth.of(change.attribute()))
                .max()
                .orElse(0);
        entry.differences().forEach(change -> below.add(change(change, width)));
        return below;
    }

    private Cell change(AttributeChange change, int width) {
        String attribute = Readable.harmless(change.attribute());
        String name = attribute + " ".repeat(Math.max(0, width - TextWidth.of(attribute)));
        if (change.before() == null) {
            return new Cell("+ " + name + "  " + value(change.after()), Ink.GOOD);
        }
        if (change.after() == null) {
            return new Cell("- " + name + "  " + value(change.before()), Ink.BAD);
        }
        return new Cell("~ " + name + "  " + value(change.before()) + " → " + value(change.after()), Ink.ODD);
    }

    private String value(@Nullable Object value) {
        String text = Readable.value(value);
        return screen.outIsTerminal() ? TextWidth.cut(text, VALUE_COLUMNS) : text;
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
