package dev.concord.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form in which hashed and encrypted values travel in records, which is PingIDM's: an object with the one member
 * {@code $crypto}, in it a {@code type} ({@code salted-hash} or {@code x-simple-encryption}) and a {@code value} that
 * says how and holds the result.
 */
public final class CryptoValue {

    static final String MARK = "$crypto";
    static final String HASHED = "salted-hash";
    static final String ENCRYPTED = "x-simple-encryption";

    private static final Set<String> MANNER = Set.of("algorithm", "cipher", "key", "stableId", "purpose");

    private CryptoValue() {}

    /** Whether a value is hashed or encrypted. */
    public static boolean is(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.size() == 1 && map.get(MARK) instanceof Map<?, ?>;
    }

    public static boolean isHashed(@Nullable Object value) {
        return is(value) && HASHED.equals(inside(value).get("type"));
    }

    public static boolean isEncrypted(@Nullable Object value) {
        return is(value) && !isHashed(value);
    }

    /** Whether there is a hashed or encrypted value anywhere in a value. */
    public static boolean isIn(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> is(map) || map.values().stream().anyMatch(CryptoValue::isIn);
            case List<?> list -> list.stream().anyMatch(CryptoValue::isIn);
            case null, default -> false;
        };
    }

    /** The texts of a hashed or encrypted value that are made from the secret; the others say how. */
    public static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (inside(value).get("value") instanceof Map<?, ?> parts) {
            parts.forEach((name, part) -> {
                if (part instanceof String text && !MANNER.contains(String.valueOf(name))) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    static Map<String, @Nullable Object> of(String type, Map<String, @Nullable Object> value) {
        Map<String, @Nullable Object> inside = new LinkedHashMap<>();
        inside.put("type", type);
        inside.put("value", value);
        Map<String, @Nullable Object> crypto = new LinkedHashMap<>();
        crypto.put(MARK, inside);
        return crypto;
    }

    /** A text among what a value says of itself; the empty text when there is none. */
    static String part(@Nullable Object crypto, String name) {
        return inside(crypto).get("value") instanceof Map<?, ?> value && value.get(name) instanceof String text
                ? text
                : "";
    }

    private static Map<?, ?> inside(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(value)).get(MARK));
    }
}
