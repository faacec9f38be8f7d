package dev.concord.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A screen that remembers what was written to it. */
final class TestScreen {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Screen screen;

    private TestScreen(boolean terminal, int columns, boolean colours) {
        screen = new Screen(
                new PrintWriter(out), new PrintWriter(err), terminal, terminal, columns, colours, "./concord");
    }

    static TestScreen file() {
        return file(80);
    }

    static TestScreen file(int columns) {
        return new TestScreen(false, columns, true);
    }

    static TestScreen terminal(int columns) {
        return new TestScreen(true, columns, false);
    }

    static TestScreen colourTerminal(int columns) {
        return new TestScreen(true, columns, true);
    }

    Screen screen() {
        return screen;
    }

    String out() {
        screen.flush();
        return out.toString();
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    String err() {
        screen.flush();
        return err.toString();
    }
}
