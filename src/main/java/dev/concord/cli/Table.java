package dev.concord.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under titles, in columns as wide as what they hold. Too wide for the screen, the widest columns that may shrink
 * do.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    /**
     * @param right whether cells stand at the right side, as figures do
     * @param shrinks whether cells may be cut when the screen is too narrow
     */
    record Column(String title, boolean right, boolean shrinks) {

        static Column text(String title) {
            return new Column(title, false, true);
        }

        static Column word(String title) {
            return new Column(title, false, false);
        }

        static Column figure(String title) {
            return new Column(title, true, false);
        }
    }

    record Cell(String text, Ink ink) {

        static Cell of(String text) {
            return new Cell(text, Ink.PLAIN);
        }

        /** A number that is bad news unless it is zero. */
        static Cell bad(long number) {
            return new Cell(Readable.number(number), number == 0 ? Ink.FAINT : Ink.BAD);
        }

        /** A number that says little when it is zero. */
        static Cell figure(long number) {
            return new Cell(Readable.number(number), number == 0 ? Ink.FAINT : Ink.PLAIN);
        }
    }

    /** One row, and lines that follow it below the table's columns. */
    private record Row(List<Cell> cells, List<Cell> below) {}

    private final Screen screen;
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();
    private boolean titled = true;

    Table(Screen screen, Column... columns) {
        this(screen, Arrays.asList(columns));
    }

    Table(Screen screen, List<Column> columns) {
        this.screen = screen;
        this.columns = List.copyOf(columns);
    }

    /** The same columns without their titles, for the next part of a long table. */
    void withoutTitles() {
        titled = false;
    }

    void row(String... texts) {
        row(Arrays.stream(texts).map(Cell::of).toList(), List.of());
    }

    void row(Cell... cells) {
        row(Arrays.asList(cells), List.of());
    }

    void row(List<Cell> cells, List<Cell> below) {
        rows.add(new Row(List.copyOf(cells), List.copyOf(below)));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        if (titled) {
            List<Cell> titles = columns.stream()
                    .map(column -> new Cell(column.title, Ink.BOLD))
                    .toList();
            lines.add(line(titles, widths));
        }
        for (Row row : rows) {
            lines.add(line(row.cells, widths));
            for (Cell below : row.below) {
                lines.add(screen.paint(below.ink, TextWidth.cut("    " + below.text, screen.width())));
            }
        }
        return lines;
    }

    void print() {
        screen.result(lines());
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int total = GAP.length() * (columns.size() - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = TextWidth.of(columns.get(i).title);
            for (Row row : rows) {
                widths[i] = Math.max(widths[i], TextWidth.of(row.cells.get(i).text));
            }
            total += widths[i];
        }
        for (int widest = widest(widths); total > screen.width() && widest >= 0; widest = widest(widths)) {
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private int widest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (columns.get(i).shrinks && widths[i] > NARROWEST && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private String line(List<Cell> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = cells.get(i);
            String text = TextWidth.cut(cell.text, widths[i]);
            int blanks = widths[i] - TextWidth.of(text);
            boolean last = i == widths.length - 1;
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right ? " ".repeat(blanks) : "");
            line.append(screen.paint(cell.ink, text));
            line.append(columns.get(i).right || last ? "" : " ".repeat(blanks));
        }
        return line.toString().stripTrailing();
    }
}
