package dev.concord.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyObject;

/** Makes JavaScript contexts: what they may do, and what is changed in the language before a script sees it. */
final class ScriptContexts {

    private static final Source PRELUDE = prelude();
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("js.ecmascript-version", "2023"),
            Map.entry("js.strict", "false"),
            Map.entry("js.foreign-object-prototype", "true"),
            Map.entry("js.allow-eval", "false"),
            Map.entry("js.load", "false"),
            Map.entry("js.print", "false"),
            Map.entry("js.console", "false"),
            Map.entry("js.graal-builtin", "false"),
            Map.entry("js.polyglot-builtin", "false"),
            Map.entry("js.java-package-globals", "false"),
            Map.entry("js.global-arguments", "false"),
            Map.entry("js.intl-402", "false"),
            Map.entry("js.shared-array-buffer", "false"),
            Map.entry("js.atomics", "false"),
            // Powers of whole numbers run for hours without a point at which they can be stopped.
            Map.entry("js.bigint", "false"),
            Map.entry("js.regexp-static-result", "false"),
            Map.entry("js.max-typed-array-length", "262144"),
            Map.entry("js.max-apply-argument-length", "10000"),
            Map.entry("js.function-arguments-limit", "10000"));

    private ScriptContexts() {}

    /** A context that can do nothing but run JavaScript. */
    static Context open(Engine engine, ScriptLimits limits) {
        return Context.newBuilder("js")
                .engine(engine)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowHostClassLookup(name -> false)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowNativeAccess(false)
                .in(InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .allowExperimentalOptions(true)
                .options(OPTIONS)
                .option("js.string-length-limit", Integer.toString(limits.textLength()))
                .resourceLimits(ResourceLimits.newBuilder()
                        .statementLimit(limits.statements(), source -> !source.isInternal())
                        .build())
                .build();
    }

    /** The names scripts find on the global object. */
    static Set<String> builtInNames(Engine engine, ScriptLimits limits) {
        try (Context context = open(engine, limits)) {
            Value names =
                    prepare(context, ProxyObject.fromMap(Map.of()), limits).getMember("names");
            Set<String> set = new HashSet<>();
            for (long i = 0; i < names.getArraySize(); i++) {
                set.add(names.getArrayElement(i).asString());
            }
            return set;
        }
    }

    /** Runs the prelude in a new context, which gives scripts their functions and takes away what cannot be stopped. */
    static Value prepare(Context context, ProxyObject functions, ScriptLimits limits) {
        return context.eval(PRELUDE).execute(functions, ProxyObject.fromMap(Map.of("elements", limits.elements())));
    }

    private static Source prelude() {
        try (InputStream in = ScriptContexts.class.getResourceAsStream("prelude.js")) {
            if (in == null) {
                throw new IllegalStateException("prelude.js is missing beside " + ScriptContexts.class.getName() + ".");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text.strip().replaceFirst(";$", ""), "prelude.js")
                    .internal(true)
                    .buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
