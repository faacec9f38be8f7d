package dev.concord.api;

import dev.concord.record.Pointer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer shows of each object: {@code _fields}. Without any, and for {@code *}, everything; {@code _id} and
 * {@code _rev} always. Names of what an object does not have are left out of it.
 */
public record Fields(List<Pointer> pointers) {

    public static final Fields ALL = new Fields(List.of());

    private static final Set<String> ALWAYS = Set.of("_id", "_rev");

    public Fields {
        pointers = List.copyOf(pointers);
    }

    /** Reads {@code mail,name/family}; null is everything. */
    public static Fields of(@Nullable String names) {
        if (names == null || names.isBlank()) {
            return ALL;
        }
        List<Pointer> pointers = Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Pointer::of)
                .toList();
        boolean all = pointers.stream()
                .anyMatch(pointer -> pointer.isWhole() || pointer.attribute().equals("*"));
        return all ? ALL : new Fields(pointers);
    }

    public boolean isAll() {
        return pointers.isEmpty();
    }

    /** The attributes that are looked into; empty for all of them. */
    public Set<String> attributes() {
        return pointers.stream().map(Pointer::attribute).collect(Collectors.toUnmodifiableSet());
    }

    /** An object with nothing but these fields; the object itself when they are all of them. */
    public Map<String, @Nullable Object> of(Map<String, @Nullable Object> object) {
        if (isAll()) {
            return object;
        }
        Map<String, @Nullable Object> projected = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (ALWAYS.contains(name)) {
                projected.put(name, value);
            }
        });
        for (Pointer pointer : pointers) {
            if (pointer.isPresentIn(object)) {
                place(projected, pointer, pointer.get(object));
            }
        }
        return projected;
    }

    /** An element of a list stands under its index, as there is no list around it here. */
    private static void place(Map<String, @Nullable Object> into, Pointer pointer, @Nullable Object value) {
        List<String> tokens = pointer.tokens();
        Map<String, @Nullable Object> parent = into;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            Map<String, @Nullable Object> child = new LinkedHashMap<>();
            if (parent.get(token) instanceof Map<?, ?> there) {
                there.forEach((name, member) -> child.put(String.valueOf(name), member));
            }
            parent.put(token, child);
            parent = child;
        }
        parent.put(tokens.getLast(), value);
    }
}
