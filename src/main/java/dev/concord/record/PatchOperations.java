package dev.concord.record;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a patch, as scripts ({@code openidm.patch}) and clients send them: {@code {operation, field,
 * value}} with add, replace, remove, increment, and {@code {operation, from, field}} with copy and move. Adding to a
 * list appends, and so does a field that ends in {@code -}; removing a given value from a list removes the elements
 * equal to it.
 */
public final class PatchOperations {

    private PatchOperations() {}

    /** Throws {@link IllegalArgumentException} when the operations are no list of operations. */
    public static void apply(Map<String, @Nullable Object> object, @Nullable Object operations) {
        if (!(operations instanceof List<?> list)) {
            throw new IllegalArgumentException("A patch must be a list of operations.");
        }
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> operation)
                    || !(operation.get("operation") instanceof String name)
                    || !(operation.get("field") instanceof String field)) {
                throw new IllegalArgumentException("A patch operation needs the strings operation and field.");
            }
            apply(object, name, Pointer.of(field), operation);
        }
    }

    private static void apply(Map<String, @Nullable Object> object, String name, Pointer field, Map<?, ?> operation) {
        Object value = operation.get("value");
        switch (name) {
            case "add" -> add(object, field, value);
            case "replace" -> field.put(object, value);
            case "remove" -> remove(object, field, value);
            case "increment" -> increment(object, field, value);
            case "copy" -> field.put(object, JsonValues.copy(from(operation).get(object)));
            case "move" -> {
                Object moved = from(operation).get(object);
                from(operation).remove(object);
                field.put(object, moved);
            }
            default ->
                throw new IllegalArgumentException("The patch operation " + name
                        + " is not known; it must be add, replace, remove, increment, copy or move.");
        }
    }

    private static Pointer from(Map<?, ?> operation) {
        if (operation.get("from") instanceof String from) {
            return Pointer.of(from);
        }
        throw new IllegalArgumentException("The patch operations copy and move need from.");
    }

    private static void add(Map<String, @Nullable Object> object, Pointer field, @Nullable Object value) {
        if (field.get(object) instanceof List<?> list) {
            List<@Nullable Object> longer = new ArrayList<>(list);
            if (value instanceof List<?> more) {
                longer.addAll(more);
            } else {
                longer.add(value);
            }
            field.put(object, longer);
        } else if (isBehindTheEnd(field) && parent(field).get(object) == null) {
            List<@Nullable Object> list = new ArrayList<>();
            list.add(value);
            parent(field).put(object, list);
        } else {
            field.put(object, value);
        }
    }

    private static boolean isBehindTheEnd(Pointer field) {
        return field.tokens().size() > 1 && field.tokens().getLast().equals("-");
    }

    private static Pointer parent(Pointer field) {
        return new Pointer(field.tokens().subList(0, field.tokens().size() - 1));
    }

    private static void remove(Map<String, @Nullable Object> object, Pointer field, @Nullable Object value) {
        if (value != null && field.get(object) instanceof List<?> list) {
            List<@Nullable Object> rest = new ArrayList<>(list);
            rest.removeIf(element -> JsonValues.same(element, value));
            field.put(object, rest);
        } else {
            field.remove(object);
        }
    }

    private static void increment(Map<String, @Nullable Object> object, Pointer field, @Nullable Object value) {
        if (!(field.get(object) instanceof Number before) || !(value instanceof Number by)) {
            throw new IllegalArgumentException("The patch operation increment needs a number, and one to add to it.");
        }
        BigDecimal sum = new BigDecimal(before.toString()).add(new BigDecimal(by.toString()));
        field.put(object, sum.stripTrailingZeros().scale() <= 0 ? (Object) sum.longValue() : (Object) sum);
    }
}
