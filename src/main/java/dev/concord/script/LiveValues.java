package dev.concord.script;

import dev.concord.record.JsonValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as one call of a script sees them. Maps and lists are shown live, the same one always as the same object,
 * so that scripts can compare them; what a script puts into them is copied, so that they stay trees. Shared ones belong
 * to others as well: the level of them that a script changes is copied for the rest of the call, at that moment.
 *
 * <p>Numbers are JavaScript numbers. A {@code Long} keeps all its digits as long as the script only hands it on or
 * makes text of it, even beyond 2^53; decimals have the 15 to 17 digits of a double.
 */
final class LiveValues {

    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final ScriptLimits limits;
    private @Nullable IdentityHashMap<Object, Object> shown;
    private boolean changedLocally;

    LiveValues(ScriptLimits limits) {
        this.limits = limits;
    }

    int elements() {
        return limits.elements();
    }

    /** Takes note that a shared value is not, for the rest of the call, what was handed in. */
    void changedLocally() {
        changedLocally = true;
    }

    boolean isChangedLocally() {
        return changedLocally;
    }

    /** A copy of a value as the script sees it now. */
    @Nullable
    Object copy(@Nullable Object value) {
        if (!changedLocally) {
            return JsonValues.copy(value);
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<?, ?> now = shown().get(map) instanceof LiveObject object ? object.now() : map;
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(now.size());
                now.forEach((name, element) -> copy.put(String.valueOf(name), copy(element)));
                yield copy;
            }
            case List<?> list -> {
                List<?> now = shown().get(list) instanceof LiveList live ? live.now() : list;
                List<@Nullable Object> copy = new ArrayList<>(now.size());
                now.forEach(element -> copy.add(copy(element)));
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }

    /** @param shared whether changes must stay within the call */
    @SuppressWarnings("unchecked")
    @Nullable
    Object toScript(@Nullable Object value, boolean shared) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Integer number -> number;
            case Long number -> number;
            case BigInteger number -> exact(number);
            case BigDecimal number -> exact(number);
            case Number number -> number.doubleValue();
            case Map<?, ?> map ->
                shown().computeIfAbsent(map, m -> new LiveObject((Map<String, @Nullable Object>) m, shared, this));
            case List<?> list ->
                shown().computeIfAbsent(list, l -> new LiveList((List<@Nullable Object>) l, shared, this));
            default ->
                throw new IllegalArgumentException(
                        "A " + value.getClass().getName() + " is no JSON value; scripts cannot be given it.");
        };
    }

    @Nullable
    Object fromScript(Value value) {
        return new ResultReader(limits.values()).read(value);
    }

    /** Changes a map or list, or tells the script that it must not be changed. */
    static void change(Runnable change) {
        try {
            change.run();
        } catch (UnsupportedOperationException e) {
            throw new RefusedException("an object that is read-only here; a copy could be changed");
        }
    }

    private IdentityHashMap<Object, Object> shown() {
        IdentityHashMap<Object, Object> map = shown;
        if (map == null) {
            map = new IdentityHashMap<>();
            shown = map;
        }
        return map;
    }

    private static Object exact(BigInteger number) {
        return number.abs().compareTo(LONGEST) <= 0 ? (Object) number.longValue() : (Object) number.doubleValue();
    }

    private static Object exact(BigDecimal number) {
        boolean integral = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        return integral && number.precision() - number.scale() < 30
                ? exact(number.toBigInteger())
                : (Object) number.doubleValue();
    }

    /** A script may not make this change. The message continues "the script changed …". */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(String what) {
            super(what, null, false, false);
        }
    }
}
