package dev.concord.recon;

import dev.concord.mapping.Hook;
import org.jspecify.annotations.Nullable;

/** A script that belongs to a run as a whole failed. The message names the script, not what it said. */
public final class RunHookFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String detail;

    RunHookFailure(Hook hook, String message, String detail) {
        super("The script " + hook.key() + " failed: " + message, null, false, false);
        this.detail = detail.isEmpty() ? null : detail;
    }

    /** The message and what the script said, for whoever looks at the run. */
    public String explained() {
        return detail == null ? String.valueOf(getMessage()) : getMessage() + " It said: " + detail;
    }
}
