package dev.concord.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts in every form: a plain text, {@code {script: …}}, {@code {file: …}}, and PingIDM's {@code {type:
 * text/javascript, source: …, globals: {…}, …}} whose further keys are variables. Script files are read at once.
 */
final class ScriptReader {

    private static final List<String> TYPES =
            List.of("text/javascript", "text/ecmascript", "application/javascript", "application/ecmascript");
    private static final Set<String> FORM = Set.of("script", "source", "file", "type", "globals");

    private final Sources sources;
    private final Map<String, String> texts;
    private final FaultLog log;

    /** @param texts where the text of each script file that is read is put, by path */
    ScriptReader(Sources sources, Map<String, String> texts, FaultLog log) {
        this.sources = sources;
        this.texts = texts;
        this.log = log;
    }

    @Nullable
    ScriptSource read(@Nullable Node node) {
        return read(node, Set.of());
    }

    /** Reads a script object of which some keys mean something else to the caller, so that they are no variables. */
    @Nullable
    ScriptSource read(@Nullable Node node, Set<String> taken) {
        return switch (node) {
            case null -> null;
            case Node.Members object -> object(object, taken);
            case Node.Leaf leaf when leaf.value() instanceof String text -> script(node, text, null, Map.of());
            case Node other -> {
                log.error(
                        other,
                        Quote.node(other)
                                + " is no script; allowed: JavaScript text, {script: …}, {file: scripts/….js}");
                yield null;
            }
        };
    }

    private @Nullable ScriptSource object(Node.Members node, Set<String> taken) {
        if (!isJavaScript(node)) {
            return null;
        }
        List<Node> forms = List.of("script", "source", "file").stream()
                .map(key -> node.members().get(key))
                .filter(form -> form != null && !form.isNull())
                .toList();
        if (forms.size() != 1) {
            log.error(
                    node,
                    forms.isEmpty()
                            ? "a script without text; one of the keys script, file and source is required"
                            : "a script with more than one text; only one of the keys script, file and source is allowed");
            return null;
        }
        Node form = forms.getFirst();
        String text = Fields.text(form, log);
        if (text == null) {
            return null;
        }
        Map<String, @Nullable Object> variables = variables(node, taken);
        return form.at().token().equals("file") ? file(form, text, variables) : script(form, text, null, variables);
    }

    private boolean isJavaScript(Node.Members node) {
        Node type = node.members().get("type");
        Node file = node.members().get("file");
        boolean groovyFile = file instanceof Node.Leaf leaf
                && leaf.value() instanceof String path
                && path.toLowerCase(Locale.ROOT).endsWith(".groovy");
        if (type == null || type.isNull()) {
            if (groovyFile && file != null) {
                refuseGroovy(file);
            }
            return !groovyFile;
        }
        String name = Fields.text(type, log);
        if (name == null) {
            return false;
        }
        if (name.toLowerCase(Locale.ROOT).contains("groovy")) {
            refuseGroovy(type);
            return false;
        }
        if (!TYPES.contains(name)) {
            log.error(type, Quote.text(name) + " is no type of script" + Suggestion.tail("allowed", name, TYPES));
            return false;
        }
        return true;
    }

    private void refuseGroovy(Node node) {
        log.error(node, "Groovy scripts are not run; write it in JavaScript (type: text/javascript)");
    }

    private Map<String, @Nullable Object> variables(Node.Members node, Set<String> taken) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        Node globals = node.members().get("globals");
        if (globals instanceof Node.Members members) {
            members.members().forEach((name, value) -> variables.put(name, value.plain()));
        } else if (globals != null && !globals.isNull()) {
            log.error(globals, Quote.node(globals) + " stands here; an object with a value per variable is required");
        }
        node.members().forEach((name, value) -> {
            if (!FORM.contains(name) && !taken.contains(name)) {
                variables.put(name, value.plain());
            }
        });
        return variables;
    }

    private @Nullable ScriptSource file(Node node, String written, Map<String, @Nullable Object> variables) {
        String path = SourcePath.normalize("", written);
        if (path == null) {
            log.error(node, Quote.text(written) + " is no path below jobs/; required is one like scripts/name.js");
            return null;
        }
        path = path(path, log.spelling(), sources);
        return switch (sources.read(path)) {
            case Sources.Content.Text(String text) -> {
                texts.put(path, text);
                yield script(node, text, path, variables);
            }
            case Sources.Content.Absent _ -> {
                log.error(node, "the script file " + Quote.text(written) + " does not exist below jobs/");
                yield null;
            }
            case Sources.Content.Refused(String reason, int line) -> {
                log.error(node, "the script file " + Quote.text(written) + " is not read: " + reason);
                yield null;
            }
        };
    }

    /**
     * Where a script file really is: PingIDM's own folder is {@code script}, and its paths often leave that out; here
     * the folder is {@code scripts}.
     */
    static String path(String written, Spelling spelling, Sources sources) {
        List<String> places = switch (spelling) {
            case NATIVE -> List.of();
            case PING_IDM ->
                written.startsWith("script/")
                        ? List.of(written, "scripts/" + written, "scripts/" + written.substring(7))
                        : List.of(written, "scripts/" + written);
        };
        return places.stream()
                .filter(place -> !(sources.read(place) instanceof Sources.Content.Absent))
                .findFirst()
                .orElse(written);
    }

    private @Nullable ScriptSource script(
            Node node, String text, @Nullable String file, Map<String, @Nullable Object> variables) {
        if (text.isBlank()) {
            log.error(node, "an empty script; write one or remove the key");
            return null;
        }
        return new ScriptSource(text, file, variables, node.place());
    }
}
