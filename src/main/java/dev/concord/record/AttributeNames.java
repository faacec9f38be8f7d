package dev.concord.record;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The names that the attributes of many objects have in common, as rows of one table do. Each object is an array of
 * values then, and the names are kept once. Safe for use by several threads.
 */
public final class AttributeNames {

    private final String[] names;
    private final Map<String, Integer> places;

    /** Throws {@link IllegalArgumentException} when a name occurs twice. */
    public AttributeNames(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.places = HashMap.newHashMap(names.size());
        for (int i = 0; i < this.names.length; i++) {
            if (places.put(this.names[i], i) != null) {
                throw new IllegalArgumentException("The attribute '" + this.names[i] + "' is named twice.");
            }
        }
    }

    /** How many there are. */
    public int size() {
        return names.length;
    }

    /**
     * An object that cannot be changed, with its attributes in the order of the names.
     *
     * @param values in the order of the names, null for an attribute that the object does not have. The object keeps
     *     the array: nobody may change it afterwards
     */
    public Map<String, @Nullable Object> object(@Nullable Object[] values) {
        if (values.length != names.length) {
            throw new IllegalArgumentException(
                    values.length + " values were given for " + names.length + " attributes.");
        }
        return new Attributes(values);
    }

    private final class Attributes extends AbstractMap<String, @Nullable Object> {

        private final @Nullable Object[] values;
        private final int size;

        Attributes(@Nullable Object[] values) {
            this.values = values;
            int present = 0;
            for (Object value : values) {
                present += value == null ? 0 : 1;
            }
            this.size = present;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            Integer place = places.get(name);
            return place == null ? null : values[place];
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return get(name) != null;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    action.accept(names[i], values[i]);
                }
            }
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, @Nullable Object>> iterator() {
                    return new Entries(values);
                }

                @Override
                public int size() {
                    return size;
                }
            };
        }
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {

        private final @Nullable Object[] values;
        private int next;

        Entries(@Nullable Object[] values) {
            this.values = values;
            skipAbsent();
        }

        private void skipAbsent() {
            while (next < values.length && values[next] == null) {
                next++;
            }
        }

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, @Nullable Object> entry =
                    new AbstractMap.SimpleImmutableEntry<>(names[next], values[next]);
            next++;
            skipAbsent();
            return entry;
        }
    }
}
