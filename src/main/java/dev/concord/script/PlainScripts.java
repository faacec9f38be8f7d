package dev.concord.script;

import dev.concord.script.plain.PlainLimits;
import dev.concord.script.plain.PlainScript;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells which scripts are plain, looking at each text once. Safe for use by several threads. */
final class PlainScripts {

    private static final int KEPT = 2_000;
    private static final int STATEMENTS_FOR_WORK = 10;

    private final Map<String, Optional<PlainScript>> known = new ConcurrentHashMap<>();
    private final PlainLimits limits;

    PlainScripts(ScriptLimits limits) {
        long work = Math.min(limits.statements() / STATEMENTS_FOR_WORK, Math.min(limits.values(), limits.elements()));
        this.limits = new PlainLimits(work, limits.textLength());
    }

    PlainLimits limits() {
        return limits;
    }

    /** The script of a text; null when it is for the engine. */
    @Nullable
    PlainScript of(String text) {
        Optional<PlainScript> script = known.get(text);
        if (script == null) {
            if (known.size() >= KEPT) {
                known.clear();
            }
            script = Optional.ofNullable(PlainScript.of(text));
            known.put(text, script);
        }
        return script.orElse(null);
    }
}
