package dev.concord.situation;

import dev.concord.mapping.Condition;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Rule;
import dev.concord.mapping.Situation;
import java.util.Optional;
import java.util.function.Predicate;

/** The choice of the rule that applies in a situation. */
public final class Rules {

    private Rules() {}

    /**
     * The first rule of the situation, in the order of the file, that has no condition or whose condition holds. When
     * there is none, the mapping's default action applies and no postAction runs.
     *
     * @param holds evaluates a condition; what it throws is passed on
     */
    public static Optional<Rule> select(Mapping mapping, Situation situation, Predicate<Condition> holds) {
        for (Rule rule : mapping.rules()) {
            if (rule.situation() == situation && (rule.condition() == null || holds.test(rule.condition()))) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
