package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import java.util.regex.Pattern;

/**
 * A script did not give a value. The message names the script's place and line and the kind of failure; what the script
 * itself put into its error text is kept apart in {@link #detail}, because it may hold personal values.
 */
public final class ScriptFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern ERROR = Pattern.compile("^\\w*Error: ");

    private final transient ScriptSource script;
    private final Kind kind;
    private final String detail;

    /** Why a script failed. */
    public enum Kind {
        THROWN,
        SYNTAX,
        STOPPED,
        RESULT
    }

    public ScriptFailure(ScriptSource script, Kind kind, String message, String detail) {
        super(message, null, false, false);
        this.script = script;
        this.kind = kind;
        this.detail = detail;
    }

    public ScriptSource script() {
        return script;
    }

    public Kind kind() {
        return kind;
    }

    /** What the script said if its author wrote it down like that, so that no values are in it; else the empty text. */
    public String literally() {
        String words = ERROR.matcher(detail).replaceFirst("");
        return !words.isBlank() && script.text().contains(words) ? detail : "";
    }

    /** What the script said, for the report of the record only. */
    public String detail() {
        return detail;
    }
}
