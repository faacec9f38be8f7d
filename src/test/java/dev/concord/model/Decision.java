package dev.concord.model;

import dev.concord.model.World.Rule;
import dev.concord.model.World.RuleAction;
import java.util.Map;

/** What the rules say about a situation: the action, and whether a post-action follows it. */
record Decision(Action action, boolean postAction) {

    /**
     * The first rule of the situation, in their order, whose condition holds; the default action when none does. An
     * action script is told of PingIDM's default in either spelling, so that it does the same after a conversion.
     */
    static Decision of(World world, Known known) {
        for (Rule rule : world.rules()) {
            if (rule.situation() == known.situation()
                    && WorldScripts.holds(
                            rule.condition(),
                            known.source(),
                            Map.of(),
                            known.qualifier(),
                            Ending.RULE_CONDITION_THREW)) {
                Action action = switch (rule.action()) {
                    case RuleAction.Named(Action named) -> named;
                    case RuleAction.Scripted(Action usual) ->
                        WorldScripts.action(
                                usual, known.source(), known.situation().tableDefault(), known.phase() == Phase.SOURCE);
                };
                return new Decision(action, rule.postAction());
            }
        }
        return new Decision(world.defaultAction(known.situation()), false);
    }
}
