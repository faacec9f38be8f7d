package dev.concord.script;

import java.util.List;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/**
 * A list as a script sees it. Changes go through to the list; an element set behind its end fills the gap with nulls.
 */
final class LiveList implements ProxyArray {

    final List<@Nullable Object> list;
    private final LiveValues values;

    LiveList(List<@Nullable Object> list, LiveValues values) {
        this.list = list;
        this.values = values;
    }

    @Override
    public @Nullable Object get(long index) {
        if (index < 0 || index >= list.size()) {
            throw new ArrayIndexOutOfBoundsException();
        }
        return values.toScript(list.get((int) index));
    }

    @Override
    public void set(long index, Value value) {
        if (index < 0 || index >= values.elements()) {
            throw new LiveValues.RefusedException("a list to more elements than " + values.elements());
        }
        Object content = values.fromScript(value);
        LiveValues.change(() -> {
            if (index < list.size()) {
                list.set((int) index, content);
                return;
            }
            while (list.size() < index) {
                list.add(null);
            }
            list.add(content);
        });
    }

    @Override
    public boolean remove(long index) {
        if (index < 0 || index >= list.size()) {
            return false;
        }
        LiveValues.change(() -> list.remove((int) index));
        return true;
    }

    @Override
    public long getSize() {
        return list.size();
    }

    /** Without the content: the engine puts this into texts of errors. */
    @Override
    public String toString() {
        return "[object Array]";
    }
}
