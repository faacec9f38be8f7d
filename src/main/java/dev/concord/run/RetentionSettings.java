package dev.concord.run;

import dev.concord.ledger.OldRuns.Old;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long an installation keeps runs; how many of them, a mapping says beside it. Whichever comes first counts.
 *
 * @param entries how long a run keeps its entries, from its end on
 * @param runs how long there is anything of a run
 * @param most how many runs of a kind a mapping has at the most, with or without entries
 * @param kinds what holds for a kind in the place of that, by the name that {@link #kind} gives it
 */
public record RetentionSettings(
        Duration entries, Duration runs, int most, @Nullable Map<String, Own> kinds) {

    /** What holds for one kind of runs; null where nothing special does. */
    public record Own(
            @Nullable Duration entries,
            @Nullable Duration runs,
            @Nullable Integer most) {}

    private static final Own NOTHING = new Own(null, null, null);

    /** What runs of all kinds are called here that only looked. */
    static final String ANALYSIS = "analysis";

    static String kind(Old run) {
        return run.analysis() ? ANALYSIS : run.kind().name().toLowerCase(Locale.ROOT);
    }

    Duration entries(String kind) {
        Duration own = own(kind).entries();
        return own == null ? entries : own;
    }

    Duration runs(String kind) {
        Duration own = own(kind).runs();
        return own == null ? runs : own;
    }

    int most(String kind) {
        Integer own = own(kind).most();
        return own == null ? most : own;
    }

    private Own own(String kind) {
        return kinds == null ? NOTHING : kinds.getOrDefault(kind, NOTHING);
    }
}
