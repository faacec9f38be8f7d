package dev.concord.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality, copies and emptiness of JSON values. */
public final class JsonValues {

    private JsonValues() {}

    /**
     * Whether two values are the same by value and type family: {@code 1} equals {@code 1.0} but not {@code "1"}, the order of
     * attributes does not matter, the order of list elements does.
     */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return true;
        }
        if (left == null || right == null) {
            return false;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return compare(a, b) == 0;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return sameElements(a, b);
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.size() == b.size()
                    && a.entrySet().stream()
                            .allMatch(e -> b.containsKey(e.getKey()) && same(e.getValue(), b.get(e.getKey())));
        }
        return left.equals(right);
    }

    /** Like {@link #same}, but two lists are the same when they hold the same elements the same number of times, in any order. */
    public static boolean sameUnordered(@Nullable Object left, @Nullable Object right) {
        if (!(left instanceof List<?> a) || !(right instanceof List<?> b)) {
            return same(left, right);
        }
        if (a.size() != b.size()) {
            return false;
        }
        List<@Nullable Object> rest = new ArrayList<>(b);
        for (Object element : a) {
            int at = indexOf(rest, element);
            if (at < 0) {
                return false;
            }
            rest.remove(at);
        }
        return true;
    }

    /**
     * The order of two numbers by their mathematical value, whatever classes carry them. A {@code Double} that is not finite
     * compares as {@link Double#compare} does.
     */
    public static int compare(Number left, Number right) {
        if (isLong(left) && isLong(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        if (!isFinite(left) || !isFinite(right)) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return decimal(left).compareTo(decimal(right));
    }

    /** A copy that may be changed at every level. Throws nothing; values that are not JSON values are kept as they are. */
    public static @Nullable Object copy(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> copyOf(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(copy(element));
                }
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }

    /** A copy of an object that may be changed at every level. */
    public static Map<String, @Nullable Object> copyOf(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, value) -> copy.put(String.valueOf(name), copy(value)));
        return copy;
    }

    /** Whether there is nothing in the value: null, an empty string, an empty list. */
    public static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    private static boolean sameElements(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(List<@Nullable Object> list, @Nullable Object element) {
        for (int i = 0; i < list.size(); i++) {
            if (same(list.get(i), element)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLong(Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double d -> BigDecimal.valueOf(d);
            case Float f -> new BigDecimal(Objects.toString(f));
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
