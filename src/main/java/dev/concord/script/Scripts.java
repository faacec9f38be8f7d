package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs scripts. Safe for use by several threads; close it to give back what the engine holds. */
public interface Scripts extends AutoCloseable {

    /**
     * Runs a script and returns its value: that of its last expression, or of a top-level {@code return}.
     *
     * @param variables what the script sees, besides what is always in scope. Values are JSON values. A
     *     {@link java.util.Map} or {@link java.util.List} that the script changes is changed for the caller too; wrap
     *     what must not change
     * @param objects what {@code openidm.*} works on
     * @return a JSON value, freshly made unless the script returned one of the variables unchanged
     * @throws ScriptFailure when the script throws, does not compile, is stopped for using too much, or returns what is
     *     no JSON value
     */
    @Nullable
    Object run(ScriptSource script, Map<String, @Nullable Object> variables, Objects objects) throws ScriptFailure;

    /** Compiles without running: null when all is well, else what is wrong and where. */
    @Nullable
    String check(ScriptSource script);

    @Override
    void close();
}
