package dev.concord.cli;

import dev.concord.record.Json;
import org.jspecify.annotations.Nullable;

/** A JSON array that is printed element by element, a line each, so that it never is in memory as a whole. */
final class JsonList implements AutoCloseable {

    private final Screen screen;
    private boolean begun;

    JsonList(Screen screen) {
        this.screen = screen;
    }

    void add(@Nullable Object element) {
        screen.out().print(begun ? ",\n" : "[\n");
        screen.out().print(Json.write(element));
        begun = true;
    }

    @Override
    public void close() {
        screen.out().println(begun ? "\n]" : "[]");
    }
}
