package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the situation rules: {@code policies}. */
final class RuleReader {

    private final ScriptReader scripts;
    private final ConditionReader conditions;
    private final FaultLog log;

    RuleReader(ScriptReader scripts, ConditionReader conditions, FaultLog log) {
        this.scripts = scripts;
        this.conditions = conditions;
        this.log = log;
    }

    List<Rule> read(List<Node> nodes) {
        List<Rule> rules = new ArrayList<>();
        for (Node node : nodes) {
            Fields fields = Fields.of(node, Shape.RULE, log);
            if (fields != null) {
                read(fields, rules);
            }
        }
        return rules;
    }

    private void read(Fields fields, List<Rule> rules) {
        Node situationNode = fields.required("situation");
        Situation situation = situationNode == null ? null : fields.word("situation", Words.SITUATIONS);
        Rule.RuleAction action = action(fields.required("action"));
        Condition condition = conditions.read(fields.get("condition"), ConditionReader.Scope.RULE);
        ScriptSource postAction = scripts.read(fields.get("postAction"));
        if (situation != null && action != null) {
            rules.add(new Rule(
                    situation, action, condition, postAction, fields.node().place()));
        }
    }

    private Rule.@Nullable RuleAction action(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Members) {
            ScriptSource script = scripts.read(node);
            return script == null ? null : new Rule.RuleAction.Scripted(script);
        }
        Action action = Words.ACTIONS.read(node, log);
        return action == null ? null : new Rule.RuleAction.Named(action);
    }
}
