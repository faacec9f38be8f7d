package dev.concord.filter;

import dev.concord.filter.Token.Kind;

/** Cuts a filter's text into tokens, one at a time, so that the first fault in the text is the one that is reported. */
final class FilterLexer {

    private static final String SIGNS = "()[]!";
    private static final String ESCAPES = "\"\"''\\\\//b\bf\fn\nr\rt\t";

    private final String text;
    private int at;

    FilterLexer(String text) {
        this.text = text;
    }

    Token next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        int start = at;
        char first = text.charAt(at);
        if (SIGNS.indexOf(first) >= 0) {
            at++;
            return new Token(Kind.SIGN, String.valueOf(first), start);
        }
        if (first == '"' || first == '\'') {
            return new Token(Kind.QUOTED, quoted(first), start);
        }
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(start, at), start);
    }

    FilterSyntaxException fault(int offset, String found, String allowed) {
        int character = text.codePointCount(0, offset) + 1;
        return new FilterSyntaxException("Not a query filter: at character " + character + " stands " + found
                + "; allowed there: " + allowed + ".");
    }

    /** Whether a character can stand in a word, such as a pointer, that is not quoted. */
    static boolean isWordPart(char character) {
        return !isSpace(character) && SIGNS.indexOf(character) < 0 && character != '"' && character != '\'';
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        int start = at++;
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == quote) {
                return content.toString();
            }
            content.append(character == '\\' && at < text.length() ? escaped() : character);
        }
        throw fault(
                start,
                "a quote that is never closed",
                "a text that ends with the same quote (inside it write \\" + quote + ")");
    }

    private char escaped() {
        int start = at - 1;
        char character = text.charAt(at++);
        if (character == 'u') {
            return unicode(start);
        }
        for (int i = 0; i < ESCAPES.length(); i += 2) {
            if (ESCAPES.charAt(i) == character) {
                return ESCAPES.charAt(i + 1);
            }
        }
        throw fault(
                start,
                "an unknown escape",
                "\\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits (for a backslash itself write \\\\)");
    }

    private char unicode(int start) {
        int end = at + 4;
        int value = 0;
        for (; at < end; at++) {
            int digit = at < text.length() ? hexadecimal(text.charAt(at)) : -1;
            if (digit < 0) {
                throw fault(start, "an incomplete escape", "\\u with four hexadecimal digits");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private static int hexadecimal(char character) {
        return character < 128 ? Character.digit(character, 16) : -1;
    }
}
