package dev.concord.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Equality, order, copies and emptiness of JSON values. */
public final class JsonValues {

    private static final String TOO_DEEP = "nests deeper than " + Json.DEEPEST_VALUE + " levels";

    private static final int LONG_DIGITS = 19;

    private JsonValues() {}

    /**
     * Whether two values are the same by value and type family: {@code 1} equals {@code 1.0} but not {@code "1"}, the
     * order of attributes does not matter, the order of list elements does.
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

    /**
     * Like {@link #same}, but two lists are the same when they hold the same elements the same number of times, in any
     * order.
     */
    public static boolean sameUnordered(@Nullable Object left, @Nullable Object right) {
        if (!(left instanceof List<?> a) || !(right instanceof List<?> b)) {
            return same(left, right);
        }
        return a.size() == b.size() && (sameElements(a, b) || occurrences(a).equals(occurrences(b)));
    }

    /**
     * A value that stands for another one in hash maps: two values are {@link #same} exactly when their keys are equal.
     * Numbers become {@link #canonical}, at every level.
     */
    public static @Nullable Object key(@Nullable Object value) {
        return switch (value) {
            case Number number -> canonical(number);
            case List<?> list -> {
                List<@Nullable Object> keys = new ArrayList<>(list.size());
                list.forEach(element -> keys.add(key(element)));
                yield keys;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> keys = HashMap.newHashMap(map.size());
                map.forEach((name, element) -> keys.put(name, key(element)));
                yield keys;
            }
            case null -> null;
            default -> value;
        };
    }

    /**
     * The one form of a number: a {@link Long} when it is whole and fits, else a {@link BigDecimal} without trailing
     * zeros. Numbers that are the same have equal forms. A number that is not finite becomes a {@link Double}.
     */
    public static Number canonical(Number number) {
        if (isLong(number)) {
            return number.longValue();
        }
        if (!isFinite(number)) {
            return number.doubleValue();
        }
        BigDecimal decimal = decimal(number).stripTrailingZeros();
        boolean whole = decimal.scale() <= 0;
        boolean mayFit = (long) decimal.precision() - decimal.scale() <= LONG_DIGITS;
        if (whole && mayFit) {
            BigInteger integer = decimal.toBigInteger();
            if (integer.bitLength() < Long.SIZE) {
                return integer.longValue();
            }
        }
        return decimal;
    }

    /**
     * The order of two numbers by their mathematical value, whatever classes carry them. A binary fraction counts as
     * the decimal it is written as ({@code 0.1} is one tenth). Infinities lie outside all other numbers; what is no
     * number comes last.
     */
    public static int compare(Number left, Number right) {
        if (isLong(left) && isLong(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        if (isFinite(left) && isFinite(right)) {
            return decimal(left).compareTo(decimal(right));
        }
        return Double.compare(isFinite(left) ? 0 : left.doubleValue(), isFinite(right) ? 0 : right.doubleValue());
    }

    /**
     * The order of two texts by code point, which is also that of their bytes in UTF-8. ({@link String#compareTo}
     * differs: it puts characters beyond the basic plane before the last ones of the basic plane.)
     */
    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean oneSurrogate = Character.isSurrogate(a) != Character.isSurrogate(b);
                return oneSurrogate && Math.min(a, b) >= Character.MIN_SURROGATE
                        ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /**
     * A copy that may be changed at every level. Throws nothing; values that are not JSON values are kept as they are.
     */
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

    private static Map<Optional<Object>, Integer> occurrences(List<?> list) {
        Map<Optional<Object>, Integer> occurrences = new HashMap<>();
        for (Object element : list) {
            occurrences.merge(Optional.ofNullable(key(element)), 1, Integer::sum);
        }
        return occurrences;
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
            default -> isLong(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.toString());
        };
    }

    /**
     * What keeps a value from being stored as it is, in words that repeat nothing of it; null when nothing does: it
     * nests too deep, or a text has half of a character that takes two.
     */
    public static @Nullable String fault(@Nullable Object value) {
        return fault(value, 0);
    }

    private static @Nullable String fault(@Nullable Object value, int depth) {
        return switch (value) {
            case String text -> text.isEmpty() || isWhole(text) ? null : "holds half a character";
            case List<?> list when depth >= Json.DEEPEST_VALUE -> TOO_DEEP;
            case Map<?, ?> map when depth >= Json.DEEPEST_VALUE -> TOO_DEEP;
            case List<?> list -> {
                String fault = null;
                for (int i = 0; i < list.size() && fault == null; i++) {
                    fault = fault(list.get(i), depth + 1);
                }
                yield fault;
            }
            case Map<?, ?> map -> {
                String fault = null;
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    fault = fault != null ? fault : fault(member.getKey(), depth);
                    fault = fault != null ? fault : fault(member.getValue(), depth + 1);
                }
                yield fault;
            }
            case null, default -> null;
        };
    }

    /** Whether every character that takes two halves has both, so that the text is the same after UTF-8. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
