package dev.concord.secret;

import dev.concord.record.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How hashed and encrypted values are spelled where a store has texts: a BCRYPT hash the way everybody does
 * ({@code $2a$10$…}), a PBKDF2 one with Spring Security's prefix, everything else as the JSON of its
 * {@link CryptoValue}.
 */
public final class CryptoText {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./0-9A-Za-z]{53}");
    private static final String PBKDF2 = "{pbkdf2@SpringSecurity_v5_8}";

    private CryptoText() {}

    /** Throws {@link IllegalArgumentException} when the value is neither hashed nor encrypted. */
    public static String of(@Nullable Object value) {
        if (!CryptoValue.is(value)) {
            throw new IllegalArgumentException("The value is neither hashed nor encrypted.");
        }
        if (CryptoValue.isHashed(value)) {
            String algorithm = CryptoValue.part(value, "algorithm");
            String data = CryptoValue.part(value, "data");
            String text = algorithm.equals(HashAlgorithm.BCRYPT.name())
                    ? data
                    : algorithm.equals(HashAlgorithm.PBKDF2.name()) ? PBKDF2 + data : "";
            if (Objects.equals(value, hashed(text))) {
                return text;
            }
        }
        return Json.write(value);
    }

    /**
     * The value that a text stands for, or null when it stands for none. A text that {@link #of} would spell in another
     * way is none, so that what was not changed is never written in another spelling.
     */
    public static @Nullable Object read(String text) {
        Object hashed = hashed(text);
        if (hashed != null) {
            return hashed;
        }
        if (!text.startsWith("{\"" + CryptoValue.MARK + "\"")) {
            return null;
        }
        try {
            Object value = Json.read(text);
            return CryptoValue.is(value) && of(value).equals(text) ? value : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Object hashed(String text) {
        if (BCRYPT.matcher(text).matches()) {
            return hashed(HashAlgorithm.BCRYPT, text);
        }
        return text.startsWith(PBKDF2) ? hashed(HashAlgorithm.PBKDF2, text.substring(PBKDF2.length())) : null;
    }

    private static Object hashed(HashAlgorithm algorithm, String data) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("algorithm", algorithm.name());
        value.put("data", data);
        return CryptoValue.of(CryptoValue.HASHED, value);
    }
}
