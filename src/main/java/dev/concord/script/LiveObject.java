package dev.concord.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** A map as a script sees it. Changes go through to the map, or, where it is shared, to a copy of this call. */
final class LiveObject implements ProxyObject {

    /** What was handed in. */
    final Map<String, @Nullable Object> given;

    private final LiveValues values;
    private final boolean shared;
    private Map<String, @Nullable Object> now;

    LiveObject(Map<String, @Nullable Object> map, boolean shared, LiveValues values) {
        this.given = map;
        this.values = values;
        this.shared = shared;
        this.now = map;
    }

    Map<String, @Nullable Object> now() {
        return now;
    }

    LiveValues values() {
        return values;
    }

    @Override
    public @Nullable Object getMember(String name) {
        return values.toScript(now.get(name), shared);
    }

    @Override
    public Object getMemberKeys() {
        return ProxyArray.fromList(new ArrayList<>(now.keySet()));
    }

    @Override
    public boolean hasMember(String name) {
        return now.containsKey(name);
    }

    @Override
    public void putMember(String name, Value value) {
        Object content = values.fromScript(value);
        change(map -> map.put(name, content));
    }

    @Override
    public boolean removeMember(String name) {
        if (!now.containsKey(name)) {
            return false;
        }
        change(map -> map.remove(name));
        return true;
    }

    private void change(Consumer<Map<String, @Nullable Object>> change) {
        if (shared && now == given) {
            now = new LinkedHashMap<>(given);
            values.changedLocally();
        }
        LiveValues.change(() -> change.accept(now));
    }

    /** Without the content: the engine puts this into texts of errors. */
    @Override
    public String toString() {
        return "[object Object]";
    }
}
