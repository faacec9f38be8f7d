package dev.concord.situation;

import static dev.concord.situation.Step.CREATE_LINK;
import static dev.concord.situation.Step.CREATE_TARGET;
import static dev.concord.situation.Step.DELETE_TARGET;
import static dev.concord.situation.Step.ON_CREATE;
import static dev.concord.situation.Step.ON_DELETE;
import static dev.concord.situation.Step.ON_LINK;
import static dev.concord.situation.Step.ON_MAPPING;
import static dev.concord.situation.Step.ON_UNLINK;
import static dev.concord.situation.Step.ON_UPDATE;
import static dev.concord.situation.Step.POST_MAPPING;
import static dev.concord.situation.Step.PROJECT;
import static dev.concord.situation.Step.REMOVE_LINK;
import static dev.concord.situation.Step.REPOINT_LINK;
import static dev.concord.situation.Step.TAKE_OVER;
import static dev.concord.situation.Step.UPDATE_TARGET;

import dev.concord.mapping.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an action does, step by step, in a given state of source, target and link; or why it cannot be done there. */
public sealed interface ActionSteps {

    /**
     * The steps in their order; empty for actions that change nothing. {@code message} is what the report adds, or
     * null.
     */
    record Possible(List<Step> steps, @Nullable String message) implements ActionSteps {}

    /** The action makes no sense here; {@code reason} says what is missing. */
    record Impossible(String reason) implements ActionSteps {}

    /**
     * The state an action meets.
     *
     * @param sourceExists whether there is a source object to map from
     * @param target the one target of the situation: its existence
     * @param link where the record's own link points
     * @param linking whether the mapping keeps links at all
     * @param targetLinkedElsewhere whether the target is linked to another source
     */
    record State(
            boolean sourceExists, TargetState target, LinkState link, boolean linking, boolean targetLinkedElsewhere) {}

    enum TargetState {
        NONE,
        /** Named by a link, but it does not exist. */
        GONE,
        EXISTS,
        /** Several candidates, so no single target. */
        SEVERAL
    }

    enum LinkState {
        NONE,
        TO_TARGET,
        ELSEWHERE
    }

    static ActionSteps of(Action action, State state) {
        return switch (action) {
            case CREATE -> create(state);
            case UPDATE -> update(state);
            case LINK -> link(state);
            case DELETE -> delete(state);
            case UNLINK -> unlink(state);
            case EXCEPTION, IGNORE, REPORT, NOREPORT, ASYNC -> new Possible(List.of(), null);
        };
    }

    private static ActionSteps create(State state) {
        if (!state.sourceExists()) {
            return new Impossible("CREATE needs a source object.");
        }
        if (state.target() == TargetState.EXISTS) {
            return new Impossible("CREATE needs that there is no target yet.");
        }
        List<Step> steps = new ArrayList<>(List.of(PROJECT, ON_MAPPING, ON_CREATE, CREATE_TARGET));
        if (state.linking()) {
            steps.addAll(state.link() == LinkState.NONE ? List.of(ON_LINK, CREATE_LINK) : List.of(REPOINT_LINK));
        }
        steps.add(POST_MAPPING);
        return new Possible(List.copyOf(steps), null);
    }

    private static ActionSteps update(State state) {
        ActionSteps linking = linkSteps("UPDATE", state);
        if (!(linking instanceof Possible possible)) {
            return linking;
        }
        List<Step> steps = new ArrayList<>(possible.steps());
        steps.addAll(List.of(PROJECT, ON_MAPPING, ON_UPDATE, UPDATE_TARGET, POST_MAPPING));
        return new Possible(List.copyOf(steps), null);
    }

    private static ActionSteps link(State state) {
        ActionSteps linking = linkSteps("LINK", state);
        if (!(linking instanceof Possible possible)) {
            return linking;
        }
        List<Step> steps = new ArrayList<>(possible.steps());
        steps.add(POST_MAPPING);
        return new Possible(List.copyOf(steps), null);
    }

    /**
     * What LINK does when somebody moves a link by hand: as LINK, but another source that is linked to the target loses
     * its link.
     */
    static ActionSteps ofMove(State state) {
        if (!state.linking()) {
            return new Impossible("The mapping keeps no links.");
        }
        boolean taking = state.targetLinkedElsewhere() && state.link() != LinkState.TO_TARGET;
        ActionSteps linking = link(new State(
                state.sourceExists(), state.target(), state.link(), true, state.targetLinkedElsewhere() && !taking));
        if (!taking || !(linking instanceof Possible possible)) {
            return linking;
        }
        List<Step> steps = new ArrayList<>(List.of(TAKE_OVER));
        steps.addAll(possible.steps());
        return new Possible(List.copyOf(steps), null);
    }

    private static ActionSteps linkSteps(String action, State state) {
        if (!state.sourceExists()) {
            return new Impossible(action + " needs a source object.");
        }
        if (state.target() != TargetState.EXISTS) {
            return new Impossible(action + " needs one target that exists.");
        }
        if (!state.linking() || state.link() == LinkState.TO_TARGET) {
            return new Possible(List.of(), null);
        }
        if (state.targetLinkedElsewhere()) {
            return new Impossible(action + " needs a target that is not linked to another source.");
        }
        return new Possible(
                state.link() == LinkState.ELSEWHERE ? List.of(REPOINT_LINK) : List.of(ON_LINK, CREATE_LINK), null);
    }

    private static ActionSteps delete(State state) {
        if (state.target() == TargetState.SEVERAL) {
            return new Possible(List.of(), "Nothing was deleted, because several targets correlate.");
        }
        List<Step> steps = new ArrayList<>();
        if (state.target() == TargetState.EXISTS) {
            steps.addAll(List.of(ON_DELETE, DELETE_TARGET));
        }
        if (state.link() != LinkState.NONE) {
            steps.addAll(List.of(ON_UNLINK, REMOVE_LINK));
        }
        return new Possible(List.copyOf(steps), null);
    }

    private static ActionSteps unlink(State state) {
        return new Possible(state.link() == LinkState.NONE ? List.of() : List.of(ON_UNLINK, REMOVE_LINK), null);
    }
}
