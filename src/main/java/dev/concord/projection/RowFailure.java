package dev.concord.projection;

import dev.concord.record.Pointer;
import dev.concord.script.ScriptFailure;
import org.jspecify.annotations.Nullable;

/**
 * A property row gave no value. The message names the target attribute and why; {@link #detail} holds what a script
 * said.
 */
public final class RowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Pointer target;
    private final @Nullable String detail;

    RowFailure(Pointer target, ScriptFailure failure) {
        super("Row for " + target + ": " + failure.getMessage(), failure, false, false);
        this.target = target;
        this.detail = failure.detail();
    }

    RowFailure(Pointer target, String reason) {
        super("Row for " + target + ": " + reason, null, false, false);
        this.target = target;
        this.detail = null;
    }

    /** The target attribute of the row. */
    public Pointer target() {
        return target;
    }

    /** What the row's script said, for the report of the record only; null when no script was involved. */
    public @Nullable String detail() {
        return detail;
    }
}
