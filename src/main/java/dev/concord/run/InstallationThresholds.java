package dev.concord.run;

import dev.concord.guard.GuardLimits;
import dev.concord.guard.Guards;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Threshold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The limits of guards that an installation sets for all mappings that set none of their own, and the way they become
 * those of a run. Read anew for each run. Safe for use by several threads.
 */
public final class InstallationThresholds {

    /** The parameter of a run that holds the limits that were asked for, as they can be written down. */
    static final String OVERRIDES = "thresholds";

    private final Function<String, @Nullable String> settings;

    /** @param settings answers properties such as {@code concord.thresholds.source-shrink}; null or blank: not set */
    public InstallationThresholds(Function<String, @Nullable String> settings) {
        this.settings = settings;
    }

    /**
     * A run's parameters with the limits that hold for it, which are the same when it is continued.
     *
     * @throws RunRefused when a setting is no threshold
     */
    Map<String, @Nullable Object> frozenWith(Map<String, @Nullable Object> parameters, RunKind kind, Mapping mapping) {
        if (!Guards.watch(kind)) {
            return parameters;
        }
        Map<String, @Nullable Object> frozen = new LinkedHashMap<>(parameters);
        frozen.put(
                Guards.PARAMETER,
                GuardLimits.of(asked(parameters.get(OVERRIDES)), mapping.thresholds(), installation())
                        .json());
        return frozen;
    }

    /**
     * The guards of a mapping that what is asked for one run makes let more through than they usually do, with what
     * they would allow.
     */
    List<String> widened(RunRequest request, Mapping mapping) {
        GuardLimits usual = GuardLimits.of(Map.of(), mapping.thresholds(), installation());
        GuardLimits asked = GuardLimits.of(request.overrides().thresholds(), mapping.thresholds(), installation());
        List<String> widened = new ArrayList<>(asked.widerThan(usual));
        if (Boolean.TRUE.equals(request.overrides().allowEmptySourceSet()) && !mapping.allowEmptySourceSet()) {
            widened.add("allowEmptySourceSet");
        }
        return widened;
    }

    static Map<String, String> written(Map<Guard, Threshold> thresholds) {
        Map<String, String> written = new LinkedHashMap<>();
        thresholds.forEach((guard, threshold) -> written.put(guard.key(), threshold.text()));
        return written;
    }

    private static Map<Guard, Threshold> asked(@Nullable Object written) {
        Map<Guard, Threshold> asked = new EnumMap<>(Guard.class);
        if (written instanceof Map<?, ?> thresholds) {
            thresholds.forEach((key, text) -> asked.put(
                    Guard.ofKey(String.valueOf(key)).orElseThrow(),
                    Threshold.ofWord(String.valueOf(text)).orElseThrow()));
        }
        return asked;
    }

    private Map<Guard, Threshold> installation() {
        Map<Guard, Threshold> installation = new EnumMap<>(Guard.class);
        for (Guard guard : Guard.WITH_THRESHOLD) {
            String property = "concord.thresholds."
                    + guard.key().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            String text = settings.apply(property);
            if (text != null && !text.isBlank()) {
                installation.put(
                        guard,
                        Threshold.ofWord(text)
                                .orElseThrow(() -> new RunRefused("The setting " + property + " is \"" + text
                                        + "\", which is no threshold; allowed: " + Threshold.ALLOWED + ".")));
            }
        }
        return installation;
    }
}
