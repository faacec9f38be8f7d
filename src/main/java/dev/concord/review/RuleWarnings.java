package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.mapping.Action;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Rule;
import dev.concord.mapping.Situation;
import dev.concord.situation.Prospects;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules that are never reached, and actions that cannot be done in their situation. */
final class RuleWarnings {

    private final Mapping mapping;
    private final Warnings warnings;

    RuleWarnings(Mapping mapping, Warnings warnings) {
        this.mapping = mapping;
        this.warnings = warnings;
    }

    void look() {
        for (Situation situation : Situation.values()) {
            List<Rule> rules = MappingReview.rules(mapping, situation);
            for (int i = 0; i < rules.size(); i++) {
                reach(rules.get(i), rules.subList(0, i));
                action(rules.get(i));
            }
        }
    }

    private void reach(Rule rule, List<Rule> earlier) {
        for (Rule other : earlier) {
            boolean always = isAlways(other.condition());
            if (always || isSame(other.condition(), rule.condition())) {
                warnings.add(
                        rule.place(),
                        "this rule for " + rule.situation() + " is never reached: the one in line "
                                + other.place().line()
                                + (always ? " has no condition" : " has the same condition")
                                + " and wins; remove one of the two, or "
                                + (always
                                        ? "put this one first and give it a condition"
                                        : "give them different conditions"));
                return;
            }
        }
    }

    private static boolean isAlways(@Nullable Condition condition) {
        return condition == null
                || (condition instanceof Condition.FilterCondition(Filter filter, Place place)
                        && filter.equals(Filter.Literal.TRUE));
    }

    private static boolean isSame(@Nullable Condition one, @Nullable Condition other) {
        return one instanceof Condition.FilterCondition first
                && other instanceof Condition.FilterCondition second
                && Objects.equals(first.filter(), second.filter());
    }

    private void action(Rule rule) {
        if (rule.action() instanceof Rule.RuleAction.Named(Action action)) {
            Prospects.obstacle(rule.situation(), action, mapping.enableLinking())
                    .ifPresent(reason -> warnings.add(
                            rule.place(),
                            action + " cannot work for " + rule.situation() + ": " + reason
                                    + " Choose another action, such as "
                                    + rule.situation().engineDefault()
                                    + " or IGNORE"));
        }
    }
}
