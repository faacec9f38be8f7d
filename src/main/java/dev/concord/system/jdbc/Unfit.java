package dev.concord.system.jdbc;

import dev.concord.system.WriteOutcome;

/** A value does not fit its column. The message names the attribute and what is required, never the value. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final WriteOutcome.Kind kind;
    private final String attribute;

    Unfit(WriteOutcome.Kind kind, String attribute, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.attribute = attribute;
    }

    WriteOutcome.Rejected rejected() {
        return new WriteOutcome.Rejected(kind, attribute, String.valueOf(getMessage()));
    }
}
