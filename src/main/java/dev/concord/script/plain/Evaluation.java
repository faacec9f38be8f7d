package dev.concord.script.plain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of a plain script. Belongs to one thread. */
final class Evaluation {

    /** Values of what the script declares, by their number. */
    final @Nullable Object[] locals;

    /** The value of the last statement that had one. */
    @Nullable
    Object completion = Undefined.VALUE;

    private final Map<String, @Nullable Object> variables;
    private final Map<String, @Nullable Object> globals;
    private final PlainLimits limits;
    private long left;

    Evaluation(
            Map<String, @Nullable Object> variables,
            Map<String, @Nullable Object> globals,
            int locals,
            PlainLimits limits) {
        this.variables = variables;
        this.globals = globals;
        this.locals = new @Nullable Object[locals];
        this.limits = limits;
        this.left = limits.work();
    }

    boolean isVariable(String name) {
        return variables.containsKey(name) || globals.containsKey(name) || PlainScript.ALWAYS.contains(name);
    }

    @Nullable
    Object variable(String name) {
        Object value = variables.get(name);
        if (value == null && !variables.containsKey(name)) {
            value = globals.get(name);
            if (value == null && !isVariable(name)) {
                throw NotPlainException.INSTANCE;
            }
        }
        return value == null && name.equals("context") ? Map.of() : Values.ofRecord(value);
    }

    /** Whether a map or list is the value of one of the script's variables. */
    boolean isGiven(Object object) {
        for (Object value : variables.values()) {
            if (value == object) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts what is done, so that scripts that would have to be stopped are left to the engine, which can stop them.
     */
    void work(long units) {
        left -= units;
        if (left < 0) {
            throw NotPlainException.INSTANCE;
        }
    }

    /** A text the script built. */
    String built(String text) {
        if (text.length() > limits.textLength()) {
            throw NotPlainException.INSTANCE;
        }
        work(1 + text.length() / 8);
        return text;
    }
}
