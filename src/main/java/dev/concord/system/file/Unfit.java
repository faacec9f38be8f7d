package dev.concord.system.file;

import dev.concord.system.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A value or an object that a file cannot hold, or a text that does not stand for a value. The message never repeats
 * values.
 */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final WriteOutcome.Kind kind;
    private final @Nullable String attribute;

    Unfit(WriteOutcome.Kind kind, @Nullable String attribute, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.attribute = attribute;
    }

    static Unfit type(String attribute, String message) {
        return new Unfit(WriteOutcome.Kind.TYPE, attribute, message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    WriteOutcome.Rejected rejected() {
        return new WriteOutcome.Rejected(kind, attribute, reason());
    }
}
