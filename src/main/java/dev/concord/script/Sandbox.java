package dev.concord.script;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JavaScript context. It runs one call at a time, on any thread, and leaves nothing of a call for the next one. A
 * sandbox whose call had to be stopped is used up.
 */
final class Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private static final int KEPT = 1_000;

    private final ScriptLimits limits;
    private final Watchdog watchdog;
    private final CallDepth depth;
    private final Context context;
    private final CallWatch watch;
    private final Value tidy;
    private final Map<CompiledScript, Loaded> loaded = new HashMap<>();
    private boolean usable = true;

    Sandbox(Engine engine, ScriptLimits limits, Watchdog watchdog, CallDepth depth, HostFunctions functions) {
        this.limits = limits;
        this.watchdog = watchdog;
        this.depth = depth;
        this.context = ScriptContexts.open(engine, limits);
        this.watch = new CallWatch(limits, context);
        this.tidy = ScriptContexts.prepare(context, functions.of(this), limits).getMember("tidy");
        watchdog.watch(this);
    }

    /**
     * Runs a script.
     *
     * @param arguments the values of the script's variables in the order of their names
     * @throws ScriptFailure when the script fails in any way
     */
    @Nullable
    Object run(CompiledScript script, @Nullable Object[] arguments, ScriptCall run) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        CallDepth outer = depth.begin();
        boolean whole = false;
        String stoppedFor = null;
        Object result = null;
        ScriptFailure failure = null;
        watch.begin(run);
        watchdog.wake();
        try {
            try {
                result = call(script, arguments, run);
            } catch (ScriptFailure e) {
                failure = e;
            }
            depth.end(outer);
            tidy(script);
            whole = true;
        } finally {
            depth.end(outer);
            stoppedFor = watch.end(interrupted);
            usable &= whole;
        }
        String reason = stoppedFor == null ? depth.reason() : stoppedFor;
        if (reason != null) {
            usable = false;
            throw ScriptFailures.stopped(run.script, reason);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    private @Nullable Object call(CompiledScript script, @Nullable Object[] arguments, ScriptCall run) {
        try {
            context.resetLimits();
            return read(load(script, run).call(shown(arguments, run)), arguments, run);
        } catch (ResultReader.NotJsonException e) {
            throw ScriptFailures.result(run.script, String.valueOf(e.getMessage()));
        } catch (PolyglotException e) {
            throw failure(run, e);
        } catch (IllegalStateException e) {
            if (usable && watch.isRunning()) {
                throw e;
            }
            // The context was closed between two uses of it; the watchdog knows why.
            usable = false;
            throw ScriptFailures.stopped(run.script, "an end of its engine");
        }
    }

    private ScriptFailure failure(ScriptCall run, PolyglotException e) {
        usable &= !e.isCancelled() && !e.isResourceExhausted() && !e.isInternalError();
        try {
            return ScriptFailures.of(run.script, e, limits);
        } catch (PolyglotException whileLookingAtIt) {
            // Reading what was thrown runs its getters.
            usable = false;
            return ScriptFailures.stopped(run.script, whileLookingAtIt, limits);
        }
    }

    /** A script in this context: how it is called, and what tidies up after it. */
    private record Loaded(Value body, @Nullable Value enter, Value leave) {

        Value call(@Nullable Object[] arguments) {
            if (enter == null) {
                return body.execute(arguments);
            }
            enter.executeVoid(arguments);
            return body.execute();
        }
    }

    private Loaded load(CompiledScript script, ScriptCall run) {
        Loaded known = loaded.get(script);
        if (known != null) {
            return known;
        }
        if (loaded.size() >= KEPT) {
            loaded.clear();
        }
        Loaded made = switch (script) {
            case CompiledScript.Function function -> new Loaded(context.eval(function.source()), null, tidy);
            case CompiledScript.Program program -> {
                Value frame = context.eval(program.frame()).execute(tidy);
                yield new Loaded(context.parse(program.source()), frame.getMember("enter"), frame.getMember("leave"));
            }
            case CompiledScript.Faulty faulty -> throw ScriptFailures.syntax(run.script, faulty);
        };
        loaded.put(script, made);
        return made;
    }

    private static @Nullable Object[] shown(@Nullable Object[] arguments, ScriptCall run) {
        @Nullable Object[] shown = new Object[arguments.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = run.values.toScript(arguments[i], !run.changeable.contains(i));
        }
        return shown;
    }

    private @Nullable Object read(Value value, @Nullable Object[] arguments, ScriptCall run) {
        if (value.isProxyObject() && !run.values.isChangedLocally()) {
            Proxy shown = value.<Proxy>asProxyObject();
            Object behind = shown instanceof LiveObject object
                    ? object.given
                    : shown instanceof LiveList list ? list.given : null;
            for (Object argument : arguments) {
                if (argument != null && argument == behind) {
                    return argument;
                }
            }
        }
        return new ResultReader(limits.values()).read(value);
    }

    private void tidy(CompiledScript script) {
        if (!usable) {
            return;
        }
        try {
            Loaded used = loaded.get(script);
            usable = used != null && used.leave().execute().asBoolean();
        } catch (PolyglotException | IllegalStateException e) {
            usable = false;
        }
    }

    ScriptCall call() {
        ScriptCall current = watch.call();
        if (current == null) {
            throw new IllegalStateException("No script is running.");
        }
        return current;
    }

    /** Calls what lies outside of the sandbox. The call cannot be stopped meanwhile, and its clock stands still. */
    <T extends @Nullable Object> T outside(Supplier<T> work) {
        if (call().nextObjectCall() > limits.objectCalls()) {
            throw depth.stop(String.format(Locale.ROOT, "calling openidm more than %,d times", limits.objectCalls()));
        }
        depth.checkStack();
        return watch.outside(work);
    }

    /** For the watchdog: stops the call if it uses too much. Answers whether there is a call. */
    boolean inspect(long now) {
        return watch.inspect(now);
    }

    boolean usable() {
        return usable;
    }

    /** Gives back what the sandbox holds. Nothing may run in it. */
    void close() {
        watchdog.forget(this);
        try {
            context.close(true);
        } catch (PolyglotException e) {
            LOG.debug("Closing a script's context failed: {}", e.getMessage());
        }
    }
}
