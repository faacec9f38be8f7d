package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.record.AttributeChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which attributes change, a line each: {@code +} for one that comes, {@code -} for one that goes, {@code ~} else. */
final class ChangeLines {

    private static final int VALUE_COLUMNS = 60;

    private ChangeLines() {}

    static List<Cell> of(Screen screen, List<AttributeChange> changes) {
        int width = changes.stream()
                .mapToInt(change -> TextWidth.of(change.attribute()))
                .max()
                .orElse(0);
        return changes.stream().map(change -> line(screen, change, width)).toList();
    }

    private static Cell line(Screen screen, AttributeChange change, int width) {
        String attribute = Readable.harmless(change.attribute());
        String name = attribute + " ".repeat(Math.max(0, width - TextWidth.of(attribute)));
        if (change.before() == null) {
            return new Cell("+ " + name + "  " + value(screen, change.after()), Ink.GOOD);
        }
        if (change.after() == null) {
            return new Cell("- " + name + "  " + value(screen, change.before()), Ink.BAD);
        }
        return new Cell(
                "~ " + name + "  " + value(screen, change.before()) + " → " + value(screen, change.after()), Ink.ODD);
    }

    private static String value(Screen screen, @Nullable Object value) {
        String text = Readable.value(value);
        return screen.outIsTerminal() ? TextWidth.cut(text, VALUE_COLUMNS) : text;
    }
}
