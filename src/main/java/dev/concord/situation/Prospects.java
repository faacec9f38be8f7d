package dev.concord.situation;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.situation.ActionSteps.LinkState;
import dev.concord.situation.ActionSteps.State;
import dev.concord.situation.ActionSteps.TargetState;
import dev.concord.situation.Candidates.Hit;
import dev.concord.situation.Situations.LinkedSource;
import dev.concord.situation.Situations.PreviousSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an action in a situation, whatever the record: found by putting every case through the very tables
 * that decide about records, {@link Situations} and {@link ActionSteps}.
 */
public final class Prospects {

    private static final String ID = "t";
    private static final List<Candidates> CANDIDATES = List.of(
            Candidates.NONE,
            new Candidates(List.of(new Hit(ID, null)), false),
            new Candidates(List.of(new Hit(ID, "another")), false),
            new Candidates(List.of(new Hit(ID, null), new Hit("u", null)), false));
    private static final Map<Boolean, Map<Situation, Set<State>>> STATES =
            Map.of(true, states(true), false, states(false));

    private Prospects() {}

    /**
     * Why an action can never be done in a situation, or that it never has anything to do there; empty when there are
     * records for which it does something, or when it is one that does nothing anyway.
     *
     * @param linking whether the mapping keeps links
     */
    public static Optional<String> obstacle(Situation situation, Action action, boolean linking) {
        String reason = null;
        boolean idle = false;
        for (State state : STATES.getOrDefault(linking, Map.of()).getOrDefault(situation, Set.of())) {
            switch (ActionSteps.of(action, state)) {
                case ActionSteps.Impossible impossible -> reason = reason == null ? impossible.reason() : reason;
                case ActionSteps.Possible possible -> {
                    if (!action.changes() || !possible.steps().isEmpty()) {
                        return Optional.empty();
                    }
                    idle = true;
                }
            }
        }
        return idle ? Optional.of(action + " never has anything to do there.") : Optional.ofNullable(reason);
    }

    private static Map<Situation, Set<State>> states(boolean linking) {
        Map<Situation, Set<State>> states = new EnumMap<>(Situation.class);
        for (boolean flag : new boolean[] {true, false}) {
            for (LinkedTarget link : links(linking)) {
                for (Candidates candidates : CANDIDATES) {
                    if (!linking && candidates.equals(CANDIDATES.get(2))) {
                        continue;
                    }
                    add(states, Situations.ofSource(flag, link, candidates), true, link, candidates, linking);
                    for (boolean valid : new boolean[] {true, false}) {
                        PreviousSource previous = new PreviousSource(valid, candidates);
                        add(states, Situations.ofGoneSource(link, flag, previous), false, link, candidates, linking);
                    }
                    add(states, Situations.ofGoneSource(link, flag, null), false, link, Candidates.NONE, linking);
                }
            }
            addTargets(states, flag, linking);
        }
        if (linking) {
            LinkedTarget gone = new LinkedTarget(ID, false);
            Situations.ofLink(ID, false, false)
                    .ifPresent(assessment -> add(states, assessment, false, gone, Candidates.NONE, true));
        }
        return states;
    }

    private static List<@Nullable LinkedTarget> links(boolean linking) {
        return linking
                ? Arrays.asList(null, new LinkedTarget(ID, true), new LinkedTarget(ID, false))
                : Arrays.asList((LinkedTarget) null);
    }

    private static void addTargets(Map<Situation, Set<State>> states, boolean valid, boolean linking) {
        put(
                states,
                Situations.ofTarget(ID, valid, null),
                new State(false, TargetState.EXISTS, LinkState.NONE, linking, false));
        for (LinkedSource source : linking ? LinkedSource.values() : new LinkedSource[0]) {
            put(
                    states,
                    Situations.ofTarget(ID, valid, source),
                    new State(source != LinkedSource.GONE, TargetState.EXISTS, LinkState.TO_TARGET, true, false));
        }
    }

    private static void add(
            Map<Situation, Set<State>> states,
            Assessment assessment,
            boolean sourceExists,
            @Nullable LinkedTarget link,
            Candidates candidates,
            boolean linking) {
        TargetState target;
        if (assessment.targetId() == null) {
            target = assessment.candidateIds().isEmpty() ? TargetState.NONE : TargetState.SEVERAL;
        } else {
            target = link == null || link.exists() ? TargetState.EXISTS : TargetState.GONE;
        }
        boolean elsewhere = link == null
                && assessment.targetId() != null
                && candidates.single().linkedSourceId() != null;
        put(
                states,
                assessment,
                new State(
                        sourceExists, target, link == null ? LinkState.NONE : LinkState.TO_TARGET, linking, elsewhere));
    }

    private static void put(Map<Situation, Set<State>> states, Assessment assessment, State state) {
        states.computeIfAbsent(assessment.situation(), situation -> new LinkedHashSet<>())
                .add(state);
    }
}
