package dev.concord.recon;

import dev.concord.ledger.Task;
import dev.concord.mapping.ScriptSource;
import dev.concord.script.Objects;
import dev.concord.script.Scripts;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scripts whose time is told apart from that of who runs them. Safe for use by several threads. */
record TimedScripts(Scripts scripts) implements Scripts {

    @Override
    public @Nullable Object run(
            ScriptSource script, Map<String, @Nullable Object> variables, Set<String> changeable, Objects objects) {
        return TaskClock.<@Nullable Object>time(
                Task.SCRIPTS, () -> scripts.run(script, variables, changeable, objects));
    }

    @Override
    public @Nullable Mistake check(ScriptSource script) {
        return scripts.check(script);
    }

    @Override
    public void close() {
        scripts.close();
    }
}
