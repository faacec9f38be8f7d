package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import dev.concord.record.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/** Says what went wrong with a script: where and of which kind in the message, the script's own words in the detail. */
final class ScriptFailures {

    private static final int LONGEST_DETAIL = 2_000;
    private static final Set<String> ERRORS = Set.of(
            "Error",
            "AggregateError",
            "EvalError",
            "RangeError",
            "ReferenceError",
            "SyntaxError",
            "TypeError",
            "URIError");

    private ScriptFailures() {}

    static ScriptFailure syntax(ScriptSource script, CompiledScript.Faulty faulty) {
        return new ScriptFailure(
                script, ScriptFailure.Kind.SYNTAX, place(script, faulty.line()) + ": " + faulty.what(), faulty.what());
    }

    static ScriptFailure result(ScriptSource script, String what) {
        return new ScriptFailure(
                script,
                ScriptFailure.Kind.RESULT,
                place(script, 0) + ": the script returned " + what + "; a result must be a JSON value.",
                "");
    }

    /** @param reason what it was stopped for, as in "stopped for …" */
    static ScriptFailure stopped(ScriptSource script, String reason) {
        return new ScriptFailure(
                script,
                ScriptFailure.Kind.STOPPED,
                place(script, 0) + ": the script was stopped for " + reason + ".",
                "");
    }

    /** @throws PolyglotException when the script had to be stopped while what it threw was looked at */
    static ScriptFailure of(ScriptSource script, PolyglotException e, ScriptLimits limits) {
        if (e.isResourceExhausted()
                || e.isCancelled()
                || String.valueOf(e.getMessage()).contains("Maximum call stack size exceeded")) {
            return stopped(script, e, limits);
        }
        return new ScriptFailure(
                script, ScriptFailure.Kind.THROWN, place(script, line(script, e)) + ": " + kind(e) + ".", detail(e));
    }

    static ScriptFailure stopped(ScriptSource script, PolyglotException e, ScriptLimits limits) {
        if (e.isCancelled()) {
            return stopped(
                    script,
                    e.isResourceExhausted()
                            ? String.format(Locale.ROOT, "executing more than %,d statements", limits.statements())
                            : "an end of its engine");
        }
        return stopped(script, e.isResourceExhausted() ? "using all memory there is" : "nesting its calls too deep");
    }

    /** The file and line of a script's line, as far as they are known. */
    static String place(ScriptSource script, int line) {
        if (script.file() != null) {
            return line > 0 ? script.file() + ":" + line : script.file();
        }
        return line > 0
                ? script.place() + ", line " + line + " of the script"
                : script.place().toString();
    }

    /** What the engine calls the script's text. */
    static String sourceName(ScriptSource script) {
        return script.file() == null ? script.place().toString() : script.file();
    }

    static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static int line(ScriptSource script, PolyglotException e) {
        String name = sourceName(script);
        for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
            SourceSection section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
            if (section != null && section.getSource().getName().equals(name)) {
                return section.getStartLine();
            }
        }
        SourceSection section = e.getSourceLocation();
        return section != null && section.getSource().getName().equals(name) ? section.getStartLine() : 0;
    }

    private static String kind(PolyglotException e) {
        if (e.isHostException()) {
            return switch (e.asHostException()) {
                case LiveValues.RefusedException refused -> "the script changed " + refused.getMessage();
                case ResultReader.NotJsonException noJson ->
                    "the script put " + noJson.getMessage() + " where only JSON values can be";
                default -> "a call of openidm failed";
            };
        }
        if (e.isInternalError()) {
            return "the script engine failed";
        }
        Value thrown = e.getGuestObject();
        String name = thrown == null ? "" : name(thrown);
        return ERRORS.contains(name) ? "the script threw " + name : "the script threw an error of its own";
    }

    private static String name(Value error) {
        if (!error.hasMembers()) {
            return "";
        }
        try {
            Value name = error.getMember("name");
            return name != null && name.isString() ? name.asString() : "";
        } catch (PolyglotException e) {
            if (e.isCancelled()) {
                throw e;
            }
            return "";
        }
    }

    private static String detail(PolyglotException e) {
        String text = String.valueOf(e.getMessage());
        Value thrown = e.isHostException() ? null : e.getGuestObject();
        if (thrown != null && thrown.hasMembers() && !thrown.hasMember("stack")) {
            text = thrownValue(thrown, text);
        }
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "…" : text;
    }

    private static String thrownValue(Value thrown, String otherwise) {
        try {
            return Json.write(new ResultReader(1_000).readMembers(thrown));
        } catch (ResultReader.NotJsonException e) {
            return otherwise;
        } catch (PolyglotException e) {
            if (e.isCancelled()) {
                throw e;
            }
            return otherwise;
        }
    }
}
