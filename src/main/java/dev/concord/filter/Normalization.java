package dev.concord.filter;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * What is done to a text before it is compared, to the texts on both sides alike. Several are applied one after the
 * other in the order in which they are written, which matters: {@code nfkc} may give upper case letters and blanks.
 */
public enum Normalization {
    /** Without the white space (Unicode's {@code White_Space}, no-break spaces among it) at both ends. */
    TRIM,
    /** In lower case, in no particular language. Letters keep their accents; {@code ß} does not become {@code ss}. */
    LOWER,
    /** Unicode's form C: a letter and its accents are one character where there is one. */
    NFC,
    /** Unicode's form KC: like {@link #NFC}, and wide letters, ligatures and the like become ordinary ones. */
    NFKC;

    /** The text after this normalization; the empty text stays empty. Never throws. */
    public String apply(String text) {
        return switch (this) {
            case TRIM -> trimmed(text);
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case NFC -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(text, Normalizer.Form.NFKC);
        };
    }

    /** The text after these normalizations, the first one first. */
    public static String apply(List<Normalization> normalizations, String text) {
        String result = text;
        for (Normalization normalization : normalizations) {
            result = normalization.apply(result);
        }
        return result;
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Java's own notion of white space lacks the no-break spaces and the next-line character, and has separators. */
    private static boolean isWhiteSpace(char character) {
        return Character.isSpaceChar(character) || (character >= '\t' && character <= '\r') || character == '\u0085';
    }
}
