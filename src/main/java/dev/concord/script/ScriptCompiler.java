package dev.concord.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Compiles scripts, each text once for each set of variable names. Safe for use by several threads.
 *
 * <p>A script that is one expression (which an immediately called function is) or has a top-level {@code return}
 * becomes a function of its variables. Everything else runs as a program inside a block: only a program has the value
 * of its last statement. The block keeps {@code let}, {@code const} and {@code class} from staying behind; what
 * {@code var} and {@code function} declare is found out here once, by starting the program in a context of its own and
 * stopping it before its first statement, so that it can be removed after each call. No text that is put before a
 * script contains a line break: lines in errors are those of the author.
 */
final class ScriptCompiler {

    private static final int KEPT = 2_000;
    private static final String SPACE = "(?:\\s|/\\*(?s:.*?)\\*/|//[^\\n\\r]*(?:[\\n\\r]|$))*";
    private static final Pattern NO_EXPRESSION =
            Pattern.compile("^" + SPACE + "(?:\\{|(?:async\\s+)?function\\b|class\\b|let\\s*\\[)");
    private static final Pattern STRICT = Pattern.compile("^" + SPACE + "(?:'use strict'|\"use strict\")");
    private static final Pattern END = Pattern.compile("[;\\s]+$");
    private static final Set<String> RESERVED = Set.of(
            ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally"
                            + " for function if implements import in instanceof interface let new null package private protected public"
                            + " return static super switch this throw true try typeof var void while with yield undefined NaN Infinity")
                    .split(" "));

    private final Engine engine;
    private final ScriptLimits limits;
    private final Map<Key, CompiledScript> compiled = new ConcurrentHashMap<>();
    private @Nullable Context workshop;
    private Set<String> builtIn = Set.of();

    private record Key(String text, String file, List<String> names) {}

    ScriptCompiler(Engine engine, ScriptLimits limits) {
        this.engine = engine;
        this.limits = limits;
    }

    /** Whether a variable of this name can be written in a script at all. */
    static boolean isName(String name) {
        if (name.isEmpty() || !startsName(name.charAt(0)) || RESERVED.contains(name)) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (!startsName(letter) && (letter < '0' || letter > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsName(char letter) {
        return Character.isLetter(letter) || letter == '_' || letter == '$';
    }

    /** @param names of the variables, in the order in which a function is given them */
    CompiledScript compile(String text, String file, List<String> names) {
        Key key = new Key(text, file, names);
        CompiledScript known = compiled.get(key);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= KEPT) {
            compiled.clear();
        }
        CompiledScript made = make(key);
        compiled.put(key, made);
        return made;
    }

    private synchronized CompiledScript make(Key key) {
        Context context = workshop();
        try {
            PolyglotException fault = fault(context, source(key, key.text()));
            String head = "(function(" + String.join(",", key.names()) + "){";
            if (fault != null) {
                Source body = source(key, head + key.text() + "\n})");
                PolyglotException bodyFault = fault(context, body);
                if (bodyFault == null) {
                    return new CompiledScript.Function(body);
                }
                boolean returns = String.valueOf(fault.getMessage()).contains("return");
                return faulty(returns ? bodyFault : fault);
            }
            boolean strict = STRICT.matcher(key.text()).find();
            if (!strict && !NO_EXPRESSION.matcher(key.text()).find()) {
                String expression = END.matcher(key.text()).replaceFirst("");
                Source function = source(key, head + "return(" + expression + "\n)})");
                if (fault(context, function) == null) {
                    return new CompiledScript.Function(function);
                }
            }
            return program(context, key, strict ? "'use strict';{" : "{");
        } catch (StackOverflowError e) {
            return new CompiledScript.Faulty(0, "The text is nested too deep.");
        }
    }

    private CompiledScript program(Context context, Key key, String head) {
        Source program = source(key, head + key.text() + "\n}");
        PolyglotException fault = fault(context, program);
        if (fault != null) {
            return faulty(fault);
        }
        List<String> declared = declaredBy(key.text());
        List<String> hidden = new ArrayList<>(key.names());
        hidden.addAll(declared);
        hidden.retainAll(builtIn);
        if (!hidden.isEmpty()) {
            return new CompiledScript.Faulty(
                    0,
                    "The variable " + hidden.getFirst()
                            + " has the name of something built in; rename it, or write the script as a"
                            + " function that is called at once.");
        }
        return new CompiledScript.Program(program, frame(key.names(), declared));
    }

    /** A declared variable that is there already, and can be deleted, is not declared anew as one that cannot. */
    private static Source frame(List<String> names, List<String> declared) {
        StringBuilder enter = new StringBuilder();
        StringBuilder leave = new StringBuilder();
        declared.forEach(name -> enter.append("g.").append(name).append("=undefined;"));
        names.forEach(
                name -> enter.append("g.").append(name).append('=').append(name).append(';'));
        Stream.concat(names.stream(), declared.stream())
                .distinct()
                .forEach(name -> leave.append("delete g.").append(name).append(';'));
        String text = "(function(tidy){const g=globalThis;return {enter(" + String.join(",", names) + "){" + enter
                + "},leave(){" + leave + "return tidy()}}})";
        return Source.newBuilder("js", text, "variables").internal(true).buildLiteral();
    }

    private List<String> declaredBy(String text) {
        try (Context empty = ScriptContexts.open(engine, limits)) {
            Value names = empty.eval(
                    "js",
                    "(function(){const g=globalThis,{ownKeys,deleteProperty}=Reflect;let before=[];ownKeys(g).forEach(k=>deleteProperty(g,k));"
                            + "before=ownKeys(g);return ()=>ownKeys(g).filter(k=>typeof k==='string'&&!before.includes(k))})()");
            try {
                empty.eval("js", "throw 0;{" + text + "\n}");
            } catch (PolyglotException e) {
                if (e.isSyntaxError()) {
                    throw e;
                }
            }
            List<String> declared = new ArrayList<>();
            Value list = names.execute();
            for (long i = 0; i < list.getArraySize(); i++) {
                declared.add(list.getArrayElement(i).asString());
            }
            return List.copyOf(declared);
        }
    }

    private Context workshop() {
        if (workshop == null) {
            workshop = ScriptContexts.open(engine, limits);
            builtIn = ScriptContexts.builtInNames(engine, limits);
        }
        return workshop;
    }

    private static Source source(Key key, String text) {
        return Source.newBuilder("js", text, key.file()).buildLiteral();
    }

    private static @Nullable PolyglotException fault(Context context, Source source) {
        try {
            context.parse(source);
            return null;
        } catch (PolyglotException e) {
            return e;
        }
    }

    private static CompiledScript.Faulty faulty(PolyglotException fault) {
        int line = fault.getSourceLocation() == null
                ? 0
                : fault.getSourceLocation().getStartLine();
        String message = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        return new CompiledScript.Faulty(line, message.replaceFirst("^SyntaxError: (?:.*?:\\d+:\\d+ )?", ""));
    }
}
