package dev.concord.mapping;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A one-directional definition of how the objects of a source set become objects of a target set. Everything is
 * resolved: defaults are filled in, script files read, and {@link #defaultActions} says what happens when no rule
 * applies.
 *
 * @param linkOwner the name of the mapping that defines the links this one uses: its own name, or what {@code links}
 *     names
 * @param reversed whether the links are read the other way round, because the owning mapping runs from this one's
 *     target to its source
 * @param displayAttributes the names of the source and target attributes that reports show of a record beside its ids
 * @param validSource null when every source is valid; likewise {@code validTarget}
 * @param correlations the correlation per link qualifier; the key {@code ""} stands for every qualifier that has no own
 *     one
 * @param defaultActions the action of a situation when no rule of it holds; has every situation
 * @param unknownKeys what was written but is not part of the model, by its pointer from the mapping, such as
 *     {@code /icon} or {@code /policies/3/comment}; kept for conversion and warnings
 */
public record Mapping(
        String name,
        String source,
        String target,
        String linkOwner,
        boolean reversed,
        boolean enableLinking,
        boolean enableSync,
        List<Display> displayAttributes,
        LinkQualifiers linkQualifiers,
        boolean sourceIdsCaseSensitive,
        boolean targetIdsCaseSensitive,
        Query sourceQuery,
        Query targetQuery,
        @Nullable ScriptSource validSource,
        @Nullable ScriptSource validTarget,
        @Nullable Condition sourceCondition,
        Map<String, Correlation> correlations,
        List<PropertyRow> properties,
        List<Rule> rules,
        Map<Situation, Action> defaultActions,
        Map<Hook, ScriptSource> hooks,
        boolean runTargetPhase,
        boolean allowEmptySourceSet,
        boolean correlateEmptyTargetSet,
        boolean persistAssociations,
        Performance performance,
        Retention retention,
        Map<Guard, Threshold> thresholds,
        RetryFailed retryFailed,
        List<String> syncAfter,
        Map<String, @Nullable Object> unknownKeys,
        Place place) {

    /** One attribute that reports show: where it is found on either side. */
    public record Display(dev.concord.record.@Nullable Pointer source, dev.concord.record.@Nullable Pointer target) {}

    /**
     * How many finished runs keep their entries.
     *
     * @param runs of each kind of runs that act
     * @param analyses of those that only look
     */
    public record Retention(int runs, int analyses) {

        /** What holds where a mapping says nothing. */
        public static final Retention USUAL = new Retention(30, 5);
    }

    /** The correlation that holds for a link qualifier, or null when there is none. */
    public @Nullable Correlation correlation(String linkQualifier) {
        Correlation own = correlations.get(linkQualifier);
        return own != null ? own : correlations.get("");
    }

    /** All scripts of the mapping, in no particular order; a script file that is used twice is there twice. */
    public List<ScriptSource> scripts() {
        return MappingScripts.of(this);
    }

    /** Every situation with the same action: what holds in native files until somebody chooses. */
    public static Map<Situation, Action> everySituation(Action action) {
        Map<Situation, Action> actions = new EnumMap<>(Situation.class);
        for (Situation situation : Situation.values()) {
            actions.put(situation, action);
        }
        return actions;
    }

    /** What PingIDM does in each situation when no rule says otherwise. */
    public static Map<Situation, Action> engineDefaults() {
        Map<Situation, Action> actions = new EnumMap<>(Situation.class);
        for (Situation situation : Situation.values()) {
            actions.put(situation, situation.engineDefault());
        }
        return actions;
    }
}
