package dev.concord.script;

import dev.concord.mapping.ScriptSource;
import dev.concord.record.JsonValues;
import dev.concord.script.plain.NotPlainException;
import dev.concord.script.plain.PlainScript;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts with GraalJS (ECMAScript 2023, sloppy mode as in PingIDM). Safe for use by several threads: texts are
 * compiled once, and each running call has a sandbox of its own, taken from a pool and put back clean.
 * {@link PlainScript Plain scripts} are evaluated without the engine, with the same result; the engine starts with the
 * first call that is not plain.
 *
 * <p><b>What scripts see.</b> Their variables, the {@code globals} and extra keys of their definition, {@code context}
 * (an empty object unless given), {@code linkQualifier}, {@code request} and {@code resourceName} (null unless given),
 * {@code openidm}, {@code logger}, {@code identityServer}, and the language. Built-in objects are frozen: additions to
 * them do nothing. Names that are assigned without a declaration work and are gone after the call. A variable that is
 * no valid name, such as an extra key with a hyphen, is left out.
 *
 * <p><b>What they do not see.</b> Host classes, files, network, processes, threads, other languages; {@code eval} and
 * {@code Function} from text, {@code load}, {@code import}, {@code Proxy}, {@code BigInt}, {@code Intl},
 * {@code WeakRef}, shared memory.
 *
 * <p><b>What stops them</b>, as tried out with some two hundred hostile scripts. Endless loops in scripts, in getters,
 * {@code toString}, {@code toJSON}, comparators, generators, promises and backtracking patterns end within some tens of
 * milliseconds of the limit, after the statement limit or through the watchdog. Recursion ends at a depth that is
 * counted, before the stack is full. The engine has no limit on the heap; instead the watchdog looks at what the thread
 * allocates, strings cannot grow beyond a length, and built-ins that would walk over a huge list in one go refuse to.
 * What is left: a built-in that is busy with one long string (spreading a million characters into an object, reading a
 * pattern of twenty thousand nested groups) can overrun the time limit by some seconds, and a script can hold as much
 * memory as it may allocate.
 *
 * <p>An exception of the {@link Objects} port reaches the script as an error it can catch; uncaught, the call fails as
 * if the script had thrown it.
 */
public final class GraalScripts implements Scripts {

    private static final int IDLE_SANDBOXES = 32;

    private final ScriptLimits limits;
    private final @Nullable PlainScripts plain;
    private final HostFunctions functions;
    private final Watchdog watchdog;
    private final Deque<Sandbox> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private volatile @Nullable Started started;
    private volatile boolean closed;

    /** The engine, which takes more than a second of processor time to start, and what there is one of for each. */
    private record Started(Engine engine, CallDepth.Listening depth, ScriptCompiler compiler) {

        static Started with(ScriptLimits limits) {
            Engine engine = Engine.newBuilder("js")
                    .option("engine.WarnInterpreterOnly", "false")
                    .build();
            return new Started(engine, new CallDepth.Listening(engine), new ScriptCompiler(engine, limits));
        }

        void close() {
            depth.close();
            engine.close(true);
        }
    }

    /** Scripts under the usual limits, without properties and without values in the log. */
    public GraalScripts() {
        this(ScriptLimits.DEFAULT, name -> null, false);
    }

    /**
     * @param properties answers {@code identityServer.getProperty}: a JSON value, or null where there is none
     * @param logValues whether {@code logger} writes values of records, or only what the author of the script wrote
     */
    public GraalScripts(ScriptLimits limits, Function<String, @Nullable Object> properties, boolean logValues) {
        this(limits, properties, logValues, true);
    }

    /** @param plain whether scripts that are plain are evaluated without the engine, with the same result */
    public GraalScripts(
            ScriptLimits limits, Function<String, @Nullable Object> properties, boolean logValues, boolean plain) {
        this.limits = limits;
        this.plain = plain ? new PlainScripts(limits) : null;
        this.functions = new HostFunctions(limits, new ScriptLog(logValues), properties);
        this.watchdog = new Watchdog(limits);
    }

    @Override
    public @Nullable Object run(
            ScriptSource script, Map<String, @Nullable Object> variables, Set<String> changeable, Objects objects) {
        if (closed) {
            throw closedAlready();
        }
        PlainScript simple = plain == null ? null : plain.of(script.text());
        if (plain != null && simple != null) {
            try {
                return simple.run(variables, script.globals(), plain.limits());
            } catch (NotPlainException forTheEngine) {
                // It has no effects, so that the engine can begin anew, and finds the words for what went wrong.
            }
        }
        return runInEngine(script, variables, changeable, objects);
    }

    @Nullable
    Object runInEngine(
            ScriptSource script, Map<String, @Nullable Object> variables, Set<String> changeable, Objects objects) {
        Map<String, @Nullable Object> scope = scope(script, variables);
        List<String> names = List.copyOf(scope.keySet());
        CompiledScript compiled = started().compiler().compile(script.text(), ScriptFailures.sourceName(script), names);
        if (compiled instanceof CompiledScript.Faulty faulty) {
            throw ScriptFailures.syntax(script, faulty);
        }
        Sandbox sandbox = take();
        try {
            return sandbox.run(
                    compiled,
                    scope.values().toArray(),
                    new ScriptCall(script, objects, places(changeable, names), limits));
        } finally {
            giveBack(sandbox);
        }
    }

    private static Set<Integer> places(Set<String> changeable, List<String> names) {
        return changeable.stream().map(names::indexOf).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public @Nullable Mistake check(ScriptSource script) {
        if (plain != null && plain.of(script.text()) != null) {
            return null;
        }
        List<String> names = List.copyOf(scope(script, Map.of()).keySet());
        CompiledScript compiled = started().compiler().compile(script.text(), ScriptFailures.sourceName(script), names);
        return compiled instanceof CompiledScript.Faulty(int line, String what) ? new Mistake(line, what) : null;
    }

    private static Map<String, @Nullable Object> scope(ScriptSource script, Map<String, @Nullable Object> variables) {
        Map<String, @Nullable Object> scope = new LinkedHashMap<>();
        scope.put("context", null);
        scope.put("linkQualifier", null);
        scope.put("request", null);
        scope.put("resourceName", null);
        script.globals().forEach((name, value) -> putNamed(scope, name, JsonValues.copy(value)));
        variables.forEach((name, value) -> putNamed(scope, name, value));
        if (scope.get("context") == null) {
            scope.put("context", new LinkedHashMap<String, @Nullable Object>());
        }
        return scope;
    }

    private static void putNamed(Map<String, @Nullable Object> scope, String name, @Nullable Object value) {
        if (ScriptCompiler.isName(name)) {
            scope.put(name, value);
        }
    }

    private Sandbox take() {
        Sandbox sandbox = idle.pollFirst();
        if (sandbox != null) {
            idleCount.decrementAndGet();
            return sandbox;
        }
        Started engine = started();
        return new Sandbox(engine.engine(), limits, watchdog, engine.depth().counter(limits.depth()), functions);
    }

    /** The engine, started for the first script that needs it: most runs have none. */
    private Started started() {
        Started known = started;
        return known == null ? start() : known;
    }

    private synchronized Started start() {
        if (closed) {
            throw closedAlready();
        }
        Started known = started;
        if (known == null) {
            known = Started.with(limits);
            started = known;
        }
        return known;
    }

    private static IllegalStateException closedAlready() {
        return new IllegalStateException("Scripts cannot run any more: the engine is closed.");
    }

    private void giveBack(Sandbox sandbox) {
        if (!closed && sandbox.usable() && idleCount.get() < IDLE_SANDBOXES) {
            idleCount.incrementAndGet();
            idle.addFirst(sandbox);
        } else {
            sandbox.close();
        }
    }

    /** How many sandboxes there are, in use or not. */
    int sandboxes() {
        return watchdog.watched();
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        Started engine;
        synchronized (this) {
            closed = true;
            engine = started;
        }
        watchdog.close();
        if (engine != null) {
            engine.close();
        }
    }

    /** Whether a script needed the engine so far. */
    boolean isStarted() {
        return started != null;
    }
}
