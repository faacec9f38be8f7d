package dev.concord.api;

import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of {@code _sortKeys}: {@code name} or {@code +name} upwards, {@code -name} downwards. */
public record SortKey(Pointer pointer, boolean descending) {

    /** Reads {@code -date,name}; blanks around names are left out. */
    public static List<SortKey> parse(String keys) {
        return Arrays.stream(keys.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(SortKey::one)
                .toList();
    }

    private static SortKey one(String key) {
        boolean signed = key.startsWith("-") || key.startsWith("+");
        Pointer pointer = Pointer.of(signed ? key.substring(1) : key);
        if (pointer.isWhole()) {
            throw Refusal.badRequest(
                    "_sortKeys wants names of attributes, with - in front for downwards; one is empty.");
        }
        return new SortKey(pointer, key.startsWith("-"));
    }

    /**
     * The order that keys give, the first one deciding first. Records without a value come first, then booleans,
     * numbers, texts, and all else as equal.
     */
    public static Comparator<Map<String, @Nullable Object>> order(List<SortKey> keys) {
        return (left, right) -> {
            for (SortKey key : keys) {
                int order = compare(key.pointer.get(left), key.pointer.get(right));
                if (order != 0) {
                    return key.descending ? -order : order;
                }
            }
            return 0;
        };
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String one && right instanceof String other) {
            return JsonValues.compare(one, other);
        }
        if (left instanceof Number one && right instanceof Number other) {
            return JsonValues.compare(one, other);
        }
        if (left instanceof Boolean one && right instanceof Boolean other) {
            return one.compareTo(other);
        }
        return Integer.compare(family(left), family(right));
    }

    private static int family(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Boolean truth -> 1;
            case Number number -> 2;
            case String text -> 3;
            default -> 4;
        };
    }
}
