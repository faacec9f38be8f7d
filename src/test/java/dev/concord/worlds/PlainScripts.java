package dev.concord.worlds;

import dev.concord.mapping.ScriptSource;
import dev.concord.script.Objects;
import dev.concord.script.ScriptFailure;
import dev.concord.script.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** Stand-in until the sandbox is there. */
final class PlainScripts implements Scripts {

    private final Engine engine = Engine.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    private final ThreadLocal<Context> contexts =
            ThreadLocal.withInitial(() -> Context.newBuilder("js").engine(engine).build());
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object run(ScriptSource script, Map<String, @Nullable Object> variables, Objects objects) {
        Value bindings = contexts.get().getBindings("js");
        variables.forEach((name, value) -> bindings.putMember(name, in(value)));
        try {
            return out(contexts.get()
                    .eval(sources.computeIfAbsent(script.text(), text -> Source.create("js", text))));
        } catch (PolyglotException e) {
            throw new ScriptFailure(script, ScriptFailure.Kind.THROWN, "threw", String.valueOf(e.getMessage()));
        } finally {
            variables.keySet().forEach(bindings::removeMember);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object in(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> proxies = new LinkedHashMap<>();
            map.forEach((name, member) -> proxies.put((String) name, in(member)));
            return ProxyObject.fromMap(proxies);
        }
        return value;
    }

    private static @Nullable Object out(Value value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNumber()) {
            return value.asInt();
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.hasArrayElements()) {
            List<@Nullable Object> list = new ArrayList<>();
            for (long i = 0; i < value.getArraySize(); i++) {
                list.add(out(value.getArrayElement(i)));
            }
            return list;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        value.getMemberKeys().forEach(key -> members.put(key, out(value.getMember(key))));
        return members;
    }

    @Override
    public @Nullable String check(ScriptSource script) {
        return null;
    }

    @Override
    public void close() {
        engine.close(true);
    }
}
