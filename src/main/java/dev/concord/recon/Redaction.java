package dev.concord.recon;

import dev.concord.record.Json;
import dev.concord.secret.CryptoValue;
import dev.concord.system.ObjectSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes values that may not be seen out of texts that scripts made. */
final class Redaction {

    private static final String REDACTED = "***";

    /** A shorter text is no secret worth the name, and would be found everywhere. */
    private static final int SHORTEST = 3;

    /** From this length on a text is not found in others by chance. */
    private static final int TELLING = 6;

    /** No longer ones, whose plain form could be of any length. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

    private Redaction() {}

    /** All texts in the attributes of an object that may not be seen. */
    static List<String> secrets(Map<String, @Nullable Object> object, ObjectSchema schema) {
        List<String> secrets = new ArrayList<>();
        object.forEach((name, value) -> {
            if (value != null && schema.hides(name, value)) {
                collect(value, secrets);
            }
        });
        return secrets;
    }

    /** All texts and numbers in a value. */
    static void collect(@Nullable Object value, Collection<String> texts) {
        switch (value) {
            case Map<?, ?> map when CryptoValue.is(map) -> texts.addAll(CryptoValue.texts(map));
            case Map<?, ?> map -> map.values().forEach(element -> collect(element, texts));
            case List<?> list -> list.forEach(element -> collect(element, texts));
            case String text -> texts.add(text);
            case Number number -> texts.add(number.toString());
            case null, default -> {}
        }
    }

    /** The text without the secrets, whatever their case, as they are or as JSON spells them. */
    static @Nullable String of(@Nullable String text, Collection<String> secrets) {
        return text == null ? null : said(text, secrets);
    }

    static String said(String text, Collection<String> secrets) {
        String lower = text.toLowerCase(Locale.ROOT);
        String redacted = text;
        List<String> found = secrets.stream()
                .flatMap(secret -> Stream.of(secret, inJson(secret)))
                .filter(secret -> secret.length() >= SHORTEST && lower.contains(secret.toLowerCase(Locale.ROOT)))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String secret : found) {
            redacted = Pattern.compile(secret, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(redacted)
                    .replaceAll(REDACTED);
        }
        return redacted;
    }

    /**
     * Whether a text or number in a value is a secret, or a text repeats one. That only of secrets that are too long to
     * stand there by chance: what is withheld from a report cannot be undone.
     */
    static boolean isNeeded(@Nullable Object value, Collection<String> secrets) {
        if (secrets.isEmpty() || value == null) {
            return false;
        }
        return switch (value) {
            case Map<?, ?> map -> map.values().stream().anyMatch(element -> isNeeded(element, secrets));
            case List<?> list -> list.stream().anyMatch(element -> isNeeded(element, secrets));
            case String text -> {
                String lower = text.toLowerCase(Locale.ROOT);
                yield isSame(text, secrets)
                        || secrets.stream()
                                .anyMatch(secret ->
                                        secret.length() >= TELLING && lower.contains(secret.toLowerCase(Locale.ROOT)));
            }
            case Number number -> isSame(number.toString(), secrets);
            default -> false;
        };
    }

    /** Whether a text is one of the secrets as a whole, or the same number. */
    private static boolean isSame(String text, Collection<String> secrets) {
        String plain = plain(text);
        return secrets.stream()
                .anyMatch(secret -> secret.length() >= SHORTEST && plain(secret).equalsIgnoreCase(plain));
    }

    /** A number as people write it: without an exponent, and without zeros that say nothing. */
    private static String plain(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    private static String inJson(String secret) {
        String quoted = Json.write(secret);
        return quoted.substring(1, quoted.length() - 1);
    }
}
