package dev.concord.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --limit}, for each command that may have much to show. */
final class LimitOption {

    private static final long SHOWN_IN_TABLES = 100;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at the most; 0: all (default: 100 in tables, else all).")
    private @Nullable Integer limit;

    /** How many to show at the most; {@link Long#MAX_VALUE} for all. */
    long most(boolean table) {
        if (limit == null) {
            return table ? SHOWN_IN_TABLES : Long.MAX_VALUE;
        }
        return limit <= 0 ? Long.MAX_VALUE : limit;
    }

    /** What to say when there are more. */
    static void sayThereAreMore(Screen screen, long most) {
        screen.say("There are more; these are the first " + Readable.number(most) + ". --limit 0 shows all.");
    }
}
