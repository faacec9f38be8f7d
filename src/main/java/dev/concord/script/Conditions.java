package dev.concord.script;

import dev.concord.mapping.Condition;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates conditions, be they filters or scripts. Safe for use by several threads. */
public final class Conditions {

    private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);

    private final Scripts scripts;

    public Conditions(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * Whether a condition holds for the variables in scope: a filter that matches them, or a script that returns
     * {@code true}. A script that returns anything but a boolean does not hold and is warned about.
     *
     * @throws ScriptFailure when the script fails
     */
    public boolean holds(Condition condition, Map<String, @Nullable Object> scope, Objects objects) {
        return switch (condition) {
            case Condition.FilterCondition filter -> filter.filter().matches(scope);
            case Condition.ScriptCondition script -> {
                Object value = scripts.run(script.script(), scope, objects);
                if (!(value instanceof Boolean)) {
                    LOG.warn(
                            "The condition at {} returned no boolean; it counts as false.",
                            script.script().place());
                }
                yield Boolean.TRUE.equals(value);
            }
        };
    }
}
