package dev.concord.mapping;

import org.jspecify.annotations.Nullable;

/**
 * One situation rule (policy): the action to take in a situation, if the condition holds, and a script to run
 * afterwards.
 */
public record Rule(
        Situation situation,
        RuleAction action,
        @Nullable Condition condition,
        @Nullable ScriptSource postAction,
        Place place) {

    /** An action by name, or a script that returns the name of one. */
    public sealed interface RuleAction {
        record Named(Action action) implements RuleAction {}

        record Scripted(ScriptSource script) implements RuleAction {}
    }
}
