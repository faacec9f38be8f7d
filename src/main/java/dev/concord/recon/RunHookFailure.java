package dev.concord.recon;

import dev.concord.mapping.Hook;
import org.jspecify.annotations.Nullable;

/** A script that belongs to a run as a whole failed. The message names the script, not what it said. */
public final class RunHookFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String LEFT_OUT =
            "What it said is left out, because there may be values of records in it: a run is seen by more people than they"
                    + " are.";

    private final @Nullable String detail;

    /**
     * @param words what it said, without values
     * @param said whether it said anything, be it with values
     */
    RunHookFailure(Hook hook, String message, String words, boolean said) {
        super("The script " + hook.key() + " failed: " + message, null, false, false);
        this.detail = !words.isEmpty() ? "It said: " + words : said ? LEFT_OUT : null;
    }

    /** The message and what the script said as far as its author wrote it, for whoever looks at the run. */
    public String explained() {
        return detail == null ? String.valueOf(getMessage()) : getMessage() + " " + detail;
    }
}
