package dev.concord.projection;

import dev.concord.mapping.ScriptSource;
import dev.concord.script.Objects;
import dev.concord.script.ScriptFailure;
import dev.concord.script.Scripts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Scripts whose text is only a name; what they do is said in Java. */
final class NamedScripts implements Scripts {

    private final Map<String, Function<Map<String, Object>, Object>> scripts = new HashMap<>();

    NamedScripts with(String name, Function<Map<String, Object>, Object> script) {
        scripts.put(name, script);
        return this;
    }

    /** A script that throws an error with the value of its variable {@code source} in it. */
    NamedScripts failing(String name) {
        return with(name, variables -> {
            throw new ScriptFailure(null, ScriptFailure.Kind.THROWN, "threw an error", "bad: " + variables.get("source"));
        });
    }

    @Override
    public Object run(ScriptSource script, Map<String, Object> variables, Objects objects) {
        return scripts.get(script.text()).apply(variables);
    }

    @Override
    public String check(ScriptSource script) {
        return scripts.containsKey(script.text()) ? null : "There is no such script.";
    }

    @Override
    public void close() {}
}
