package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * {@code logger} of scripts, written to the log {@code dev.concord.script}. Only what the author wrote reaches the log:
 * arguments appear as their type, and a message that does not stand in the script's text as it is, because values were
 * put into it, as its length. A setting shows values.
 */
final class ScriptLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.concord.script");
    private static final int LONGEST = 2_000;

    private final boolean showValues;

    ScriptLog(boolean showValues) {
        this.showValues = showValues;
    }

    void log(ScriptSource script, Level level, Value format, List<Value> arguments) {
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level).log("{}: {}", ScriptFailures.place(script, 0), message(script, format, arguments));
        }
    }

    String message(ScriptSource script, Value format, List<Value> arguments) {
        String text = format.isString() ? format.asString() : shown(format);
        if (!showValues && !script.text().contains(text)) {
            return "<message of " + text.length() + " characters that holds values>";
        }
        StringBuilder message = new StringBuilder();
        int from = 0;
        for (Value argument : arguments) {
            int gap = text.indexOf("{}", from);
            if (gap < 0) {
                break;
            }
            message.append(text, from, gap).append(shown(argument));
            from = gap + 2;
        }
        message.append(text, from, text.length());
        message.setLength(Math.min(message.length(), LONGEST));
        return message.toString().replaceAll("\\p{Cntrl}", " ");
    }

    private String shown(Value value) {
        if (value.isNull()) {
            return "null";
        }
        if (showValues) {
            return value.isString() ? value.asString() : value.toString();
        }
        if (value.isString()) {
            return "<string>";
        }
        if (value.isNumber()) {
            return "<number>";
        }
        if (value.isBoolean()) {
            return "<boolean>";
        }
        return value.hasArrayElements() ? "<list>" : value.isException() ? "<error>" : "<object>";
    }
}
