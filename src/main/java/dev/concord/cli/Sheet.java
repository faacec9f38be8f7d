package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import java.util.List;

/** Labels at the left, and beside each what it stands for, in as many lines as it takes. */
final class Sheet {

    private static final int LABELS = 13;

    private final Screen screen;

    Sheet(Screen screen) {
        this.screen = screen;
    }

    /** A screen as wide as what stands beside the labels. */
    Screen beside() {
        return screen.page(screen.width() - LABELS);
    }

    /** Words that are wrapped. */
    void text(String label, String text) {
        text(label, text, Ink.PLAIN);
    }

    void text(String label, String text, Ink ink) {
        lines(
                label,
                TextWidth.wrap(Readable.harmless(text), screen.width() - LABELS).stream()
                        .map(line -> new Cell(line, ink))
                        .toList());
    }

    /** Lines that stay as they are, but for what does not fit. */
    void lines(String label, List<Cell> lines) {
        painted(
                label,
                lines.stream()
                        .map(line -> screen.paint(line.ink(), TextWidth.cut(line.text(), screen.width() - LABELS)))
                        .toList());
    }

    /** Lines that are ready to be shown. */
    void painted(String label, List<String> lines) {
        String start = screen.paint(Ink.BOLD, label) + " ".repeat(Math.max(1, LABELS - TextWidth.of(label)));
        for (String line : lines) {
            screen.result((start + line).stripTrailing());
            start = " ".repeat(LABELS);
        }
    }

    void gap() {
        screen.result("");
    }
}
