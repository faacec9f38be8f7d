package dev.concord.script;

import java.util.ArrayList;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** A map as a script sees it. Changes go through to the map. */
final class LiveObject implements ProxyObject {

    final Map<String, @Nullable Object> map;
    private final LiveValues values;

    LiveObject(Map<String, @Nullable Object> map, LiveValues values) {
        this.map = map;
        this.values = values;
    }

    @Override
    public @Nullable Object getMember(String name) {
        return values.toScript(map.get(name));
    }

    @Override
    public Object getMemberKeys() {
        return ProxyArray.fromList(new ArrayList<>(map.keySet()));
    }

    @Override
    public boolean hasMember(String name) {
        return map.containsKey(name);
    }

    @Override
    public void putMember(String name, Value value) {
        Object content = values.fromScript(value);
        LiveValues.change(() -> map.put(name, content));
    }

    @Override
    public boolean removeMember(String name) {
        if (!map.containsKey(name)) {
            return false;
        }
        LiveValues.change(() -> map.remove(name));
        return true;
    }

    /** Without the content: the engine puts this into texts of errors. */
    @Override
    public String toString() {
        return "[object Object]";
    }
}
