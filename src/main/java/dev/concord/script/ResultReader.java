package dev.concord.script;

import dev.concord.record.JsonValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JavaScript value as a new JSON value: whole numbers as {@code Integer} or {@code Long} when they fit, other
 * ones as {@code Double}, dates as ISO 8601 text in UTC with milliseconds, {@code undefined} as null, a class's
 * instance as its own attributes. What JSON does not have (functions, symbols, promises, maps, sets, errors, NaN,
 * infinities), what nests deeper than 100 levels or refers to itself, and what has too many values is refused. One
 * reader reads one result.
 */
final class ResultReader {

    private static final int DEPTH = 100;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final Set<String> OPAQUE =
            Set.of("Promise", "RegExp", "Date", "WeakMap", "WeakSet", "ArrayBuffer", "DataView");

    private int left;

    ResultReader(int values) {
        this.left = values;
    }

    /** Why a value cannot be read, in words that carry nothing of the value. */
    static final class NotJsonException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotJsonException(String what) {
            super(what, null, false, false);
        }
    }

    @Nullable
    Object read(Value value) {
        return read(value, 0);
    }

    /** The attributes of an object of whatever kind. */
    Map<String, @Nullable Object> readMembers(Value value) {
        return members(value, 0);
    }

    private @Nullable Object read(Value value, int depth) {
        if (--left < 0) {
            throw new NotJsonException("too many values");
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.isNumber()) {
            return number(value);
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNull()) {
            return null;
        }
        if (depth > DEPTH) {
            throw new NotJsonException("a value that nests deeper than " + DEPTH + " levels or refers to itself");
        }
        if (value.isProxyObject()) {
            return switch (value.<Proxy>asProxyObject()) {
                case LiveObject object -> copy(object.values(), object.given);
                case LiveList list -> copy(list.values(), list.given);
                default -> throw new NotJsonException("a function");
            };
        }
        if (value.hasArrayElements()) {
            return list(value, depth);
        }
        return object(value, depth);
    }

    private static Object number(Value value) {
        if (value.fitsInInt()) {
            return value.asInt();
        }
        if (value.fitsInLong()) {
            return value.asLong();
        }
        double number = value.asDouble();
        if (!Double.isFinite(number)) {
            throw new NotJsonException(Double.isNaN(number) ? "NaN" : "an infinite number");
        }
        return number == 0 ? (Object) 0 : (Object) number;
    }

    private List<@Nullable Object> list(Value value, int depth) {
        long size = value.getArraySize();
        if (size > left) {
            throw new NotJsonException("too many values");
        }
        List<@Nullable Object> list = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            list.add(read(value.getArrayElement(i), depth + 1));
        }
        return list;
    }

    private Object object(Value value, int depth) {
        if (value.isInstant()) {
            Instant instant = value.asInstant();
            return ISO.format(instant);
        }
        if (value.canExecute()) {
            throw new NotJsonException("a function");
        }
        if (value.isException()) {
            throw new NotJsonException("an error that was not thrown");
        }
        if (value.hasHashEntries() || value.hasIterator()) {
            throw new NotJsonException("a Map, a Set or an iterator");
        }
        Value type = value.getMetaObject();
        String name = type == null ? "" : type.getMetaSimpleName();
        if (!value.hasMembers() || OPAQUE.contains(name)) {
            throw new NotJsonException("a " + (name.equals("Date") ? "date that is none" : name));
        }
        return members(value, depth);
    }

    private Map<String, @Nullable Object> members(Value value, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String member : value.getMemberKeys()) {
            map.put(member, read(value.getMember(member), depth + 1));
        }
        return map;
    }

    private @Nullable Object copy(LiveValues values, Object shown) {
        Object copy = values.isChangedLocally() ? values.copy(shown) : null;
        left -= size(copy == null ? shown : copy, 0);
        if (left < 0) {
            throw new NotJsonException("too many values");
        }
        return copy == null ? JsonValues.copy(shown) : copy;
    }

    private int size(@Nullable Object value, int sum) {
        int total = sum + 1;
        if (value instanceof Map<?, ?> map) {
            for (Object element : map.values()) {
                total = size(element, total);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                total = size(element, total);
            }
        }
        return total;
    }
}
