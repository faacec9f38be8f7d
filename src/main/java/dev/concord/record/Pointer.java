package dev.concord.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer (RFC 6901) into an object; the leading slash is optional, as in PingIDM's files. The empty pointer
 * names the whole object. A token that is a number addresses an element of a list.
 */
public record Pointer(List<String> tokens) {

    public static final Pointer WHOLE = new Pointer(List.of());

    public Pointer {
        tokens = List.copyOf(tokens);
    }

    /**
     * Reads {@code /a/b}, {@code a/b} or the empty text. A single slash is the whole object too, as the slash in front
     * is optional, so that an attribute with an empty name can only be reached inside another one. Throws nothing:
     * every text is a pointer.
     */
    public static Pointer of(String text) {
        String path = text.startsWith("/") ? text.substring(1) : text;
        if (path.isEmpty()) {
            return WHOLE;
        }
        if (path.indexOf('/') < 0 && path.indexOf('~') < 0) {
            return new Pointer(List.of(path));
        }
        List<String> tokens = new ArrayList<>();
        for (String token : path.split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(tokens);
    }

    public boolean isWhole() {
        return tokens.isEmpty();
    }

    /** The first token: the name of the attribute that this pointer lies in. The empty text for the whole object. */
    public String attribute() {
        return tokens.isEmpty() ? "" : tokens.getFirst();
    }

    /** The pointer to the same place seen from inside the first token's value. */
    public Pointer rest() {
        return tokens.size() < 2 ? WHOLE : new Pointer(tokens.subList(1, tokens.size()));
    }

    /**
     * The value there, or null where there is none; see {@link #isPresentIn} to tell an absent value from a null one.
     */
    public @Nullable Object get(@Nullable Object root) {
        Object value = root;
        for (String token : tokens) {
            value = step(value, token);
        }
        return value;
    }

    /** Whether the place exists, be its value null or not. */
    public boolean isPresentIn(@Nullable Object root) {
        Object value = root;
        for (String token : tokens) {
            boolean there = switch (value) {
                case Map<?, ?> map -> map.containsKey(token);
                case List<?> list -> index(token, list.size()) >= 0;
                case null, default -> false;
            };
            if (!there) {
                return false;
            }
            value = step(value, token);
        }
        return true;
    }

    /**
     * Puts a value there, creating parents that are missing or are no objects. An index just behind the end of a list,
     * or {@code -}, appends. The pointer to the whole object replaces what it holds; the value must then be an object.
     * Throws {@link IllegalArgumentException} where the object holds a list and the pointer names no place of it.
     */
    @SuppressWarnings("unchecked")
    public void put(Map<String, @Nullable Object> root, @Nullable Object value) {
        if (tokens.isEmpty()) {
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("Only an object can be put in the place of a whole object.");
            }
            Map<String, @Nullable Object> replacement = JsonValues.copyOf(map);
            root.clear();
            root.putAll(replacement);
            return;
        }
        Object parent = root;
        for (int i = 0; i < tokens.size() - 1; i++) {
            Object child = step(parent, tokens.get(i));
            if (!(child instanceof Map<?, ?>) && !(child instanceof List<?>)) {
                child = new LinkedHashMap<String, @Nullable Object>();
                set(parent, tokens.get(i), child);
            }
            parent = child;
        }
        set(parent, tokens.getLast(), value);
    }

    /**
     * Removes the value there; nothing happens where there is none. The whole object cannot be removed: it is emptied.
     */
    public void remove(Map<String, @Nullable Object> root) {
        if (tokens.isEmpty()) {
            root.clear();
            return;
        }
        Object parent = new Pointer(tokens.subList(0, tokens.size() - 1)).get(root);
        switch (parent) {
            case Map<?, ?> map -> map.remove(tokens.getLast());
            case List<?> list -> {
                int at = index(tokens.getLast(), list.size());
                if (at >= 0) {
                    list.remove(at);
                }
            }
            case null, default -> {}
        }
    }

    /** The pointer with its leading slash; the empty text for the whole object. */
    @Override
    public String toString() {
        return tokens.stream()
                .map(token -> "/" + token.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static @Nullable Object step(@Nullable Object value, String token) {
        return switch (value) {
            case Map<?, ?> map -> map.get(token);
            case List<?> list -> {
                int at = index(token, list.size());
                yield at < 0 ? null : list.get(at);
            }
            case null, default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private void set(@Nullable Object parent, String token, @Nullable Object value) {
        if (parent instanceof List<?> list) {
            List<@Nullable Object> elements = (List<@Nullable Object>) list;
            int at = index(token, elements.size());
            if (at >= 0) {
                elements.set(at, value);
            } else if (token.equals("-") || token.equals(String.valueOf(elements.size()))) {
                elements.add(value);
            } else {
                throw new IllegalArgumentException("Cannot put a value at " + this + ": \"" + token
                        + "\" is no place of the list there," + " which has " + elements.size()
                        + " elements. Use an index up to that number, or - to append.");
            }
        } else if (parent instanceof Map<?, ?> map) {
            ((Map<String, @Nullable Object>) map).put(token, value);
        }
    }

    private static int index(String token, int size) {
        boolean digits =
                !token.isEmpty() && token.length() <= 9 && token.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (token.length() > 1 && token.charAt(0) == '0')) {
            return -1;
        }
        int at = Integer.parseInt(token);
        return at < size ? at : -1;
    }
}
