package dev.concord.run;

import dev.concord.guard.GuardLimits;
import dev.concord.guard.Guards;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Suggestion;
import dev.concord.mapping.Threshold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The limits of guards that an installation sets for all mappings that set none of their own, and the way they become
 * those of a run. Read anew for each run. Safe for use by several threads.
 */
public final class InstallationThresholds {

    /** The parameter of a run that holds the limits that were asked for, as they can be written down. */
    static final String OVERRIDES = "thresholds";

    private static final String PREFIX = "concord.thresholds";

    private final Function<String, @Nullable String> settings;
    private final Supplier<? extends Collection<String>> names;

    /**
     * @param settings answers properties such as {@code concord.thresholds.source-shrink}; null or blank: not set
     * @param names of all that is set below {@code concord.thresholds}
     */
    InstallationThresholds(Function<String, @Nullable String> settings, Supplier<? extends Collection<String>> names) {
        this.settings = settings;
        this.names = names;
    }

    /** Those of an environment, as properties or variables. */
    public static InstallationThresholds of(Environment environment) {
        Bindable<Map<String, String>> texts = Bindable.mapOf(String.class, String.class);
        return new InstallationThresholds(
                environment::getProperty,
                () -> Binder.get(environment)
                        .bind(PREFIX, texts)
                        .orElse(Map.of())
                        .keySet());
    }

    /**
     * A run's parameters with the limits that hold for it, which are the same when it is continued.
     *
     * @throws RunRefused when a setting is no threshold, or that of no guard
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
        names.get().forEach(InstallationThresholds::checkName);
        Map<Guard, Threshold> installation = new EnumMap<>(Guard.class);
        for (Guard guard : Guard.WITH_THRESHOLD) {
            String property = PREFIX + "." + property(guard);
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

    private static String property(Guard guard) {
        return guard.key().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** A variable of the environment has no hyphens. */
    private static void checkName(String name) {
        List<String> known = Guard.WITH_THRESHOLD.stream()
                .map(InstallationThresholds::property)
                .toList();
        if (known.stream().noneMatch(property -> property.replace("-", "").equals(name.replace("-", "")))) {
            throw new RunRefused("The setting " + PREFIX + "." + name + " is the limit of no guard"
                    + Suggestion.tail("there are", name, known) + ".");
        }
    }
}
