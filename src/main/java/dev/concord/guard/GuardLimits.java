package dev.concord.guard;

import dev.concord.mapping.Guard;
import dev.concord.mapping.Threshold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits of all guards in one run. Without configuration: deletes and unlinks together 10 % of the links and at
 * least 20, shrinking of the source 20 % and at least 20, both at most half of them, failures 20 % and at least 100,
 * updates and creates none. Immutable.
 */
public final class GuardLimits {

    /** Those that hold when nobody said anything. */
    public static final GuardLimits DEFAULTS = new GuardLimits(defaults());

    private final Map<Guard, Limit> limits;

    private GuardLimits(Map<Guard, Limit> limits) {
        this.limits = limits;
    }

    private static Map<Guard, Limit> defaults() {
        Map<Guard, Limit> defaults = new EnumMap<>(Guard.class);
        defaults.put(Guard.DELETES, percent(10, 20));
        defaults.put(Guard.UNLINKS, percent(10, 20));
        defaults.put(Guard.SOURCE_SHRINK, percent(20, 20));
        defaults.put(Guard.FAILURES, percent(20, 100));
        return defaults;
    }

    private static Limit percent(double percent, long atLeast) {
        return new Limit(new Threshold.Percent(percent), atLeast, Origin.DEFAULT);
    }

    /** For each guard what was said for the run, else by the mapping, else by the installation, else the default. */
    public static GuardLimits of(
            Map<Guard, Threshold> run, Map<Guard, Threshold> mapping, Map<Guard, Threshold> installation) {
        Map<Guard, Limit> limits = new EnumMap<>(DEFAULTS.limits);
        put(limits, installation, Origin.INSTALLATION);
        put(limits, mapping, Origin.MAPPING);
        put(limits, run, Origin.RUN);
        return new GuardLimits(limits);
    }

    private static void put(Map<Guard, Limit> limits, Map<Guard, Threshold> said, Origin origin) {
        said.forEach((guard, threshold) -> limits.put(guard, new Limit(threshold, 0, origin)));
    }

    /** The guards that would let more through by these limits than by others, or might, with what they would allow. */
    public List<String> widerThan(GuardLimits others) {
        return Guard.WITH_THRESHOLD.stream()
                .filter(guard -> of(guard).mayBeWiderThan(others.of(guard)))
                .map(guard -> guard.key() + " " + of(guard).words(""))
                .toList();
    }

    public Limit of(Guard guard) {
        return limits.getOrDefault(guard, Limit.NONE);
    }

    /**
     * Whether what is allowed however few there are is never more than half of them: as long as nobody said anything.
     */
    boolean isAtMostHalf(Guard guard) {
        return switch (guard) {
            case DELETES, UNLINKS, SOURCE_SHRINK -> of(guard).origin() == Origin.DEFAULT;
            case UPDATES, CREATES, FAILURES, EMPTY_SOURCE -> false;
        };
    }

    /** Whether deletes and unlinks are counted together: as long as nobody said anything of either. */
    boolean isDeletesWithUnlinks() {
        return of(Guard.DELETES).origin() == Origin.DEFAULT && of(Guard.UNLINKS).origin() == Origin.DEFAULT;
    }

    /** To be kept with the run; {@link #of(Object)} reads it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (Guard guard : Guard.WITH_THRESHOLD) {
            json.put(guard.key(), of(guard).json());
        }
        return json;
    }

    /** What {@link #json} wrote; the defaults for a run of a time when there were no guards. */
    public static GuardLimits of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> kept)) {
            return DEFAULTS;
        }
        Map<Guard, Limit> limits = new EnumMap<>(Guard.class);
        for (Guard guard : Guard.WITH_THRESHOLD) {
            if (kept.get(guard.key()) instanceof Map<?, ?> limit) {
                limits.put(guard, Limit.of(limit));
            }
        }
        return new GuardLimits(limits);
    }

    /** All of them in one line, with where they come from. */
    public String words() {
        Map<Origin, List<String>> byOrigin = new EnumMap<>(Origin.class);
        for (Guard guard : Guard.WITH_THRESHOLD) {
            Limit limit = of(guard);
            if (guard == Guard.UNLINKS && isDeletesWithUnlinks()) {
                continue;
            }
            String name = guard == Guard.DELETES && isDeletesWithUnlinks() ? "deletes with unlinks" : name(guard);
            byOrigin.computeIfAbsent(limit.origin(), origin -> new ArrayList<>())
                    .add(name + " " + limit.words(isAtMostHalf(guard) ? ", at most half" : ""));
        }
        if (byOrigin.keySet().equals(Set.of(Origin.DEFAULT))) {
            return "Guards: " + String.join(", ", byOrigin.getOrDefault(Origin.DEFAULT, List.of())) + ", defaults";
        }
        return "Guards: "
                + byOrigin.entrySet().stream()
                        .map(said -> String.join(", ", said.getValue()) + " ("
                                + said.getKey().words() + ")")
                        .collect(Collectors.joining("; "));
    }

    private static String name(Guard guard) {
        return guard == Guard.SOURCE_SHRINK ? "source shrink" : guard.key();
    }
}
