package dev.concord.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit hashes of texts and JSON values. They are quick and well spread, and no protection of what they are made of.
 */
public final class ValueHash {

    /**
     * 2^64 divided by the golden ratio: its small multiples lie far apart, so that what differs here cannot meet there.
     */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final long NOTHING = 1;
    private static final long TRUE = 2;
    private static final long FALSE = 3;
    private static final long LIST = 4;
    private static final long OBJECT = 5;
    private static final long NUMBER = 6;

    private ValueHash() {}

    /** The finalizer of SplitMix64: every input bit changes every output bit with even odds. */
    public static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Goes on from a hash with a JSON value: from the same hash, values that are {@link JsonValues#same} lead to the
     * same one.
     */
    public static long of(long hash, @Nullable Object value) {
        if (value instanceof String text) {
            // Most are, and the switch is slower.
            return text(hash, text);
        }
        return switch (value) {
            case null -> mix(hash ^ NOTHING);
            case Boolean truth -> mix(hash ^ (truth ? TRUE : FALSE));
            case Number number -> number(mix(hash ^ NUMBER), JsonValues.canonical(number));
            case List<?> list -> {
                long result = mix(hash ^ LIST);
                for (Object element : list) {
                    result = of(result, element);
                }
                yield mix(result + list.size());
            }
            case Map<?, ?> map -> {
                long begin = mix(hash ^ OBJECT);
                // A sum, because the order of members means nothing.
                long result = begin;
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    result += of(text(begin, String.valueOf(member.getKey())), member.getValue());
                }
                yield mix(result + map.size());
            }
            default -> text(hash, value.toString());
        };
    }

    private static long number(long hash, Number canonical) {
        return canonical instanceof Long whole ? mix(hash ^ whole) : text(hash, canonical.toString());
    }

    /** Goes on from a hash with a text. */
    public static long text(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * GOLDEN;
        }
        return mix(result ^ text.length());
    }
}
