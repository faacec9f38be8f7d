package dev.concord.script.plain;

import dev.concord.record.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What JavaScript makes of values: truth, equality, order, text. Where that takes an effort, it is for the engine. */
final class Values {

    private static final double EXACT = 1L << 53;

    /** What objects have without being given it. */
    private static final Set<String> INHERITED = Set.of(
            "constructor",
            "hasOwnProperty",
            "isPrototypeOf",
            "propertyIsEnumerable",
            "toLocaleString",
            "toString",
            "valueOf");

    private Values() {}

    /** A value of a record as scripts see it. */
    static @Nullable Object ofRecord(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Map<?, ?> map -> map;
            case List<?> list -> list;
            case Integer number -> number.doubleValue();
            case Double number -> number(number);
            case Float number -> number(number);
            case Number number -> number(JsonValues.canonical(number));
            case Undefined undefined -> undefined;
            default -> throw NotPlainException.INSTANCE;
        };
    }

    /** Beyond 2^53, whole numbers of records have digits that a double has not. */
    private static Double number(Number canonical) {
        double number = canonical.doubleValue();
        if (!(Math.abs(number) < EXACT)) {
            throw NotPlainException.INSTANCE;
        }
        return number;
    }

    static @Nullable Object member(@Nullable Object owner, String name) {
        return switch (owner) {
            case Map<?, ?> map -> {
                Object value = map.get(name);
                yield value == null && !map.containsKey(name) ? Undefined.VALUE : ofRecord(value);
            }
            case String text when name.equals("length") -> (double) text.length();
            case List<?> list when name.equals("length") -> (double) list.size();
            case null, default -> throw NotPlainException.INSTANCE;
        };
    }

    static @Nullable Object element(@Nullable Object owner, @Nullable Object key) {
        return switch (owner) {
            case Map<?, ?> map when key instanceof String name && isOwn(name) -> member(map, name);
            case List<?> list
            when key instanceof Double -> {
                int index = whole(key);
                yield index >= 0 && index < list.size() ? ofRecord(list.get(index)) : beyond(index);
            }
            case String text
            when key instanceof Double -> {
                int index = whole(key);
                yield index >= 0 && index < text.length() ? text.substring(index, index + 1) : beyond(index);
            }
            case null, default -> throw NotPlainException.INSTANCE;
        };
    }

    /** Negative indexes are names to JavaScript. */
    private static Object beyond(int index) {
        if (index < 0) {
            throw NotPlainException.INSTANCE;
        }
        return Undefined.VALUE;
    }

    /** Whether a member of this name can only be there because it was put there. */
    static boolean isOwn(String name) {
        return !name.isEmpty()
                && (Character.isLetter(name.charAt(0)) || (name.charAt(0) == '_' && !name.startsWith("__")))
                && !INHERITED.contains(name);
    }

    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case String text -> !text.isEmpty();
            case Double number -> number != 0 && !number.isNaN();
            case Undefined undefined -> false;
            default -> true;
        };
    }

    static boolean isNothing(@Nullable Object value) {
        return value == null || value == Undefined.VALUE;
    }

    /** As {@code ===} has it. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return a.doubleValue() == b.doubleValue();
        }
        return left instanceof Map<?, ?> || left instanceof List<?> ? left == right : Objects.equals(left, right);
    }

    /** As {@code ==} has it, as long as it converts nothing. */
    static boolean alike(@Nullable Object left, @Nullable Object right) {
        if (isNothing(left) || isNothing(right)) {
            return isNothing(left) && isNothing(right);
        }
        boolean sameKind = left instanceof String && right instanceof String
                || left instanceof Double && right instanceof Double
                || left instanceof Boolean && right instanceof Boolean;
        if (!sameKind) {
            throw NotPlainException.INSTANCE;
        }
        return same(left, right);
    }

    static double number(@Nullable Object value) {
        if (value instanceof Double number) {
            return number;
        }
        throw NotPlainException.INSTANCE;
    }

    static String string(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw NotPlainException.INSTANCE;
    }

    static int whole(@Nullable Object value) {
        double number = number(value);
        if (number == (int) number) {
            return (int) number;
        }
        throw NotPlainException.INSTANCE;
    }

    /** A value as part of a text. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Undefined undefined -> "undefined";
            case Double number
            when number == Math.rint(number) && Math.abs(number) <= EXACT -> Long.toString(number.longValue());
            default -> throw NotPlainException.INSTANCE;
        };
    }

    static Object plus(Evaluation in, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return a + b;
        }
        if (left instanceof String || right instanceof String) {
            return in.built(text(left).concat(text(right)));
        }
        throw NotPlainException.INSTANCE;
    }

    /** Less than zero, zero, more than zero; {@code NaN} when there is no order. */
    static double order(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        double a = number(left);
        double b = number(right);
        return a == b ? 0 : a < b ? -1 : a > b ? 1 : Double.NaN;
    }

    static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "object";
            case String text -> "string";
            case Boolean flag -> "boolean";
            case Double number -> "number";
            case Undefined undefined -> "undefined";
            case Map<?, ?> map -> "object";
            case List<?> list -> "object";
            default -> throw NotPlainException.INSTANCE;
        };
    }

    /** A value as a script's result: the very variable, or a copy, in which numbers are the smallest that hold them. */
    static @Nullable Object result(@Nullable Object value, Evaluation in) {
        return (value instanceof Map<?, ?> || value instanceof List<?>) && in.isGiven(value) ? value : copy(value, in);
    }

    private static @Nullable Object copy(@Nullable Object value, Evaluation in) {
        in.work(1);
        return switch (value) {
            case null -> null;
            case Undefined undefined -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Double number -> result(number);
            case Made.Elements list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object element : list) {
                    copy.add(copy(element, in));
                }
                yield copy;
            }
            case Made.Members map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, member) -> copy.put(name, copy(member, in)));
                yield copy;
            }
            case Map<?, ?> map -> ofRecordCopied(map, in);
            case List<?> list -> ofRecordCopied(list, in);
            default -> throw NotPlainException.INSTANCE;
        };
    }

    /** Parts of records keep the numbers they have. */
    private static @Nullable Object ofRecordCopied(Object value, Evaluation in) {
        count(value, in);
        return JsonValues.copy(value);
    }

    private static void count(@Nullable Object value, Evaluation in) {
        in.work(1);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> count(element, in));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> count(element, in));
        }
    }

    private static Object result(double number) {
        if (number == (int) number) {
            return (int) number;
        }
        if (!(Math.abs(number) < EXACT)) {
            throw NotPlainException.INSTANCE;
        }
        return number == (long) number ? (Object) (long) number : (Object) number;
    }
}
