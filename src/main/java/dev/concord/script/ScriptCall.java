package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import java.util.Set;

/** What belongs to one call of a script and no other. Used by the thread of the call only. */
final class ScriptCall {

    final ScriptSource script;
    final Objects objects;
    final LiveValues values;

    /** The places, among the script's arguments, of those it may change. */
    final Set<Integer> changeable;

    private int objectCalls;
    private int logLines;

    ScriptCall(ScriptSource script, Objects objects, Set<Integer> changeable, ScriptLimits limits) {
        this.script = script;
        this.objects = objects;
        this.changeable = changeable;
        this.values = new LiveValues(limits);
    }

    int nextObjectCall() {
        return ++objectCalls;
    }

    int nextLogLine() {
        return ++logLines;
    }
}
