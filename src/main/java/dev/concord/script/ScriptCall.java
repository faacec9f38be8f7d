package dev.concord.script;

import dev.concord.mapping.ScriptSource;

/** What belongs to one call of a script and no other. Used by the thread of the call only. */
final class ScriptCall {

    final ScriptSource script;
    final Objects objects;
    final LiveValues values;
    private int objectCalls;
    private int logLines;

    ScriptCall(ScriptSource script, Objects objects, ScriptLimits limits) {
        this.script = script;
        this.objects = objects;
        this.values = new LiveValues(limits);
    }

    int nextObjectCall() {
        return ++objectCalls;
    }

    int nextLogLine() {
        return ++logLines;
    }
}
