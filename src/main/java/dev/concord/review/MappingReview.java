package dev.concord.review;

import dev.concord.mapping.Action;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Rule;
import dev.concord.mapping.Situation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is plain to see of a mapping's rules: which actions it may take. */
final class MappingReview {

    private MappingReview() {}

    /** Whether a mapping may take one of these actions, in any situation. Scripts may choose any. */
    static boolean mayDo(Mapping mapping, Action... actions) {
        for (Situation situation : Situation.values()) {
            if (mayDo(mapping, situation, actions)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a mapping may take one of these actions in a situation. */
    static boolean mayDo(Mapping mapping, Situation situation, Action... actions) {
        Set<Action> possible = EnumSet.noneOf(Action.class);
        boolean decided = false;
        for (Rule rule : rules(mapping, situation)) {
            switch (rule.action()) {
                case Rule.RuleAction.Named(Action action) -> possible.add(action);
                case Rule.RuleAction.Scripted _ -> possible.addAll(EnumSet.allOf(Action.class));
            }
            if (rule.condition() == null) {
                decided = true;
                break;
            }
        }
        if (!decided) {
            possible.add(mapping.defaultActions().getOrDefault(situation, Action.ASYNC));
        }
        possible.retainAll(List.of(actions));
        return !possible.isEmpty();
    }

    static List<Rule> rules(Mapping mapping, Situation situation) {
        List<Rule> rules = new ArrayList<>(mapping.rules());
        rules.removeIf(rule -> rule.situation() != situation);
        return rules;
    }
}
