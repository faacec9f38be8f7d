package dev.concord.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/**
 * A list as a script sees it. Changes go through to the list, or, where it is shared, to a copy of this call; an
 * element set behind its end fills the gap with nulls.
 */
final class LiveList implements ProxyArray {

    /** What was handed in. */
    final List<@Nullable Object> given;

    private final LiveValues values;
    private final boolean shared;
    private List<@Nullable Object> now;

    LiveList(List<@Nullable Object> list, boolean shared, LiveValues values) {
        this.given = list;
        this.values = values;
        this.shared = shared;
        this.now = list;
    }

    List<@Nullable Object> now() {
        return now;
    }

    LiveValues values() {
        return values;
    }

    @Override
    public @Nullable Object get(long index) {
        if (index < 0 || index >= now.size()) {
            throw new ArrayIndexOutOfBoundsException();
        }
        return values.toScript(now.get((int) index), shared);
    }

    @Override
    public void set(long index, Value value) {
        if (index < 0 || index >= values.elements()) {
            throw new LiveValues.RefusedException("a list to more elements than " + values.elements());
        }
        Object content = values.fromScript(value);
        change(list -> {
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
        if (index < 0 || index >= now.size()) {
            return false;
        }
        change(list -> list.remove((int) index));
        return true;
    }

    @Override
    public long getSize() {
        return now.size();
    }

    private void change(Consumer<List<@Nullable Object>> change) {
        if (shared && now == given) {
            now = new ArrayList<>(given);
            values.changedLocally();
        }
        LiveValues.change(() -> change.accept(now));
    }

    /** Without the content: the engine puts this into texts of errors. */
    @Override
    public String toString() {
        return "[object Array]";
    }
}
