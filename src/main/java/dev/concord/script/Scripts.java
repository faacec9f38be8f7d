package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs scripts. Safe for use by several threads; close it to give back what the engine holds. */
public interface Scripts extends AutoCloseable {

    /** Runs a script that may change none of its variables. */
    default @Nullable Object run(ScriptSource script, Map<String, @Nullable Object> variables, Objects objects)
            throws ScriptFailure {
        return run(script, variables, Set.of(), objects);
    }

    /**
     * Runs a script and returns its value: that of its last expression, or of a top-level {@code return}.
     *
     * @param variables what the script sees, besides what is always in scope. Values are JSON values. What the script
     *     changes in a {@link java.util.Map} or {@link java.util.List}, at whatever depth, it sees changed until it
     *     ends, and nobody else does
     * @param changeable the names of those variables whose changes the caller wants: they are made in the caller's map
     *     or list. No part of them may be part of another variable, too
     * @param objects what {@code openidm.*} works on
     * @return a JSON value, freshly made unless the script returned one of the variables and changed none
     * @throws ScriptFailure when the script throws, does not compile, is stopped for using too much, or returns what is
     *     no JSON value
     */
    @Nullable
    Object run(ScriptSource script, Map<String, @Nullable Object> variables, Set<String> changeable, Objects objects)
            throws ScriptFailure;

    /**
     * Why a text is no script.
     *
     * @param line in the text, from 1; 0 when unknown
     */
    record Mistake(int line, String what) {}

    /** Compiles without running: null when all is well. */
    @Nullable
    Mistake check(ScriptSource script);

    @Override
    void close();
}
