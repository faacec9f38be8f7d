package dev.concord.canary;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of values that must not be everywhere, each with a word that only values of that kind hold. */
enum Bird {
    /** Values of attributes that are hashed, encrypted or write-only, passwords of systems and users, keys. */
    SECRET("Zaunkoenig"),
    /** Values of attributes that are sensitive and no more than that. */
    SENSITIVE("Kanarienvogel"),
    /** Other values of records. */
    PERSON("Wellensittich"),
    /** Values in filters that somebody typed. */
    FILTER("Nachtigall"),
    /** What hashing and encrypting make of values. */
    CIPHER(Pattern.compile("\\$2a\\$10\\$|pbkdf2@|\\\\*\"(?:iv|data)\\\\*\": ?\\\\*\"[^*\\\\\"]"));

    private final String word;
    private final Pattern pattern;

    Bird(String word) {
        this.word = word;
        this.pattern = Pattern.compile(
                spellings(word).map(Pattern::quote).collect(Collectors.joining("|")) + "|"
                        + String.join("\\W{1,3}", word.split("")),
                Pattern.CASE_INSENSITIVE);
    }

    Bird(Pattern pattern) {
        this.word = "";
        this.pattern = pattern;
    }

    /** As it is, backwards, and as others may write it down. */
    private static Stream<String> spellings(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        Stream<String> base64 = IntStream.range(0, 3).mapToObj(shift -> {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last characters depend on what stands beside the word.
            return text.substring(shift == 0 ? 0 : 4, text.length() - 2);
        });
        return Stream.concat(
                Stream.of(
                        word,
                        new StringBuilder(word).reverse().toString(),
                        HexFormat.of().formatHex(bytes)),
                base64);
    }

    /** A value that holds the word. */
    String value(String what) {
        return word + "-" + what;
    }

    /** The first place in a text where a value of this kind stands, with what is around it. */
    Optional<String> in(String text) {
        Matcher found = pattern.matcher(text);
        return found.find()
                ? Optional.of(text.substring(Math.max(0, found.start() - 90), Math.min(text.length(), found.end() + 40))
                        .replaceAll("\\s+", " "))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
