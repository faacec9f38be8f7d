package dev.concord.record;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that begins as a resource, {@code _id} included and {@code _rev} not, and may be changed at every level
 * without changing the resource. It only becomes a copy once something is really changed, or handed out that could be:
 * most records of a nightly run stay as they are, and need no copy. Not safe for use by several threads.
 */
public final class Draft extends AbstractMap<String, @Nullable Object> {

    private static final String ID = "_id";

    private final Resource resource;
    private @Nullable Map<String, @Nullable Object> copy;

    public Draft(Resource resource) {
        this.resource = resource;
    }

    /** Whether the object is still equal to the resource, because nobody put anything else into it. */
    public boolean isUntouched() {
        return copy == null;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (copy == null) {
            Object value = original(name);
            if (!(value instanceof Map || value instanceof Iterable)) {
                return value;
            }
        }
        return changeable().get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return copy == null ? isOriginal(name) : copy.containsKey(name);
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        if (copy == null && isOriginal(name) && Objects.equals(value, original(name))) {
            return value;
        }
        return changeable().put(name, value);
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        return copy != null || isOriginal(name) ? changeable().remove(name) : null;
    }

    @Override
    public int size() {
        return copy == null ? resource.content().size() + 1 : copy.size();
    }

    @Override
    public void clear() {
        changeable().clear();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return changeable().entrySet();
    }

    private @Nullable Object original(@Nullable Object name) {
        return ID.equals(name) ? resource.id() : resource.content().get(name);
    }

    private boolean isOriginal(@Nullable Object name) {
        return ID.equals(name) || resource.content().containsKey(name);
    }

    private Map<String, @Nullable Object> changeable() {
        Map<String, @Nullable Object> changeable = copy;
        if (changeable == null) {
            changeable = new LinkedHashMap<>();
            changeable.put(ID, resource.id());
            for (Entry<String, @Nullable Object> attribute : resource.content().entrySet()) {
                changeable.put(attribute.getKey(), JsonValues.copy(attribute.getValue()));
            }
            copy = changeable;
        }
        return changeable;
    }
}
