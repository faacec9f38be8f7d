package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.explanation.Answer;
import dev.concord.explanation.RowValue;
import java.util.ArrayList;
import java.util.List;

/** Property rows, and how each came to its value. */
final class RowTable {

    private static final String WHOLE = "/";

    private RowTable() {}

    static List<String> lines(Screen screen, List<RowValue> rows) {
        Table table = new Table(
                screen, Column.text("attribute"), Column.text("source"), Column.text("value"), Column.text("how"));
        for (RowValue row : rows) {
            table.row(
                    List.of(
                            Cell.of(name(row.target())),
                            new Cell(source(row), Ink.FAINT),
                            value(row),
                            new Cell(how(row), Ink.FAINT)),
                    prevented(row));
        }
        return table.lines();
    }

    private static String source(RowValue row) {
        if (row.source() == null) {
            return Readable.NOTHING;
        }
        if (row.source().equals(WHOLE) || row.source().isEmpty()) {
            return "(whole object)";
        }
        return row.sourceValue() == null
                ? name(row.source())
                : name(row.source()) + " = " + Readable.value(row.sourceValue());
    }

    private static Cell value(RowValue row) {
        return switch (row.result()) {
            case PUT -> Cell.of(row.value() == null ? "null" : Readable.value(row.value()));
            case REMOVED -> new Cell("(none)", Ink.FAINT);
            case SKIPPED -> new Cell("(left as it is)", Ink.FAINT);
            case FAILED -> new Cell("failed", Ink.BAD);
        };
    }

    private static String how(RowValue row) {
        List<String> how = new ArrayList<>();
        if (row.condition() != null) {
            how.add(
                    switch (row.condition().answer()) {
                        case YES -> "condition holds";
                        case NO -> "condition does not hold";
                        case FAILED -> "condition failed";
                        case NOT_ASKED -> "condition not asked";
                    });
        }
        if (row.transform() && row.result() != RowValue.Result.SKIPPED && !isConditionFailed(row)) {
            how.add("transform");
        }
        if (row.defaulted()) {
            how.add("default");
        }
        return String.join(", ", how);
    }

    /** The condition that kept a row from being applied. */
    private static List<Cell> prevented(RowValue row) {
        return row.condition() == null || row.condition().answer() == Answer.YES
                ? List.of()
                : List.of(new Cell("if " + DecisionSheet.oneLine(row.condition().text()), Ink.FAINT));
    }

    private static boolean isConditionFailed(RowValue row) {
        return row.condition() != null && row.condition().answer() == Answer.FAILED;
    }

    private static String name(String pointer) {
        return Readable.harmless(pointer.startsWith("/") ? pointer.substring(1) : pointer);
    }
}
