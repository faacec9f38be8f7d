package dev.concord.script.plain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that cannot take long: characters and classes of them in a row, at most one of them repeated
 * without a limit, perhaps bound to the beginning and the end. Java's patterns search for it, with nothing left in them
 * that the two languages understand differently.
 */
final class PlainPattern {

    /** Searching takes the square of it at worst. */
    private static final int LONGEST = 2_000;

    private static final int LONGEST_REPLACEMENT = 100;
    private static final int MOST_REPEATED = 100;
    private static final String DIGIT = "0-9";
    private static final String WORD = "A-Za-z0-9_";
    private static final String SPACE =
            "\\t\\n\\x0B\\f\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";

    private final String body;
    private final StringBuilder made = new StringBuilder();
    private final Pattern pattern;
    private final boolean global;
    private int at;
    private boolean endless;
    private boolean needsSomething;

    /** @throws NotPlainException when it is any other one */
    PlainPattern(String body, String flags) {
        this.body = body;
        this.global = flags.equals("g");
        refuse(!flags.isEmpty() && !global);
        if (look() == '^') {
            made.append("\\A");
            at++;
        }
        while (at < body.length() && !(look() == '$' && at == body.length() - 1)) {
            item();
        }
        if (look() == '$') {
            made.append("\\z");
        }
        refuse(!needsSomething);
        this.pattern = Pattern.compile(made.toString());
    }

    private void item() {
        char c = look();
        at++;
        switch (c) {
            case '[' -> inClass();
            case '.' -> made.append("[^\\n\\r\\u2028\\u2029]");
            case '\\' -> made.append('[').append(escaped()).append(']');
            case '(', ')', '{', '}', ']', '|', '*', '+', '?', '^', '$' -> throw NotPlainException.INSTANCE;
            default -> made.append(literal(c));
        }
        repeated();
    }

    private void repeated() {
        char c = look();
        switch (c) {
            case '+', '*' -> {
                refuse(endless);
                endless = true;
                needsSomething |= c == '+';
                made.append(c);
                at++;
            }
            case '?' -> {
                made.append(c);
                at++;
            }
            case '{' -> {
                int end = body.indexOf('}', at);
                String count = end < 0 ? "" : body.substring(at + 1, end);
                refuse(!count.matches("[1-9][0-9]{0,2}") || Integer.parseInt(count) > MOST_REPEATED);
                needsSomething = true;
                made.append(body, at, end + 1);
                at = end + 1;
            }
            default -> needsSomething = true;
        }
        refuse("*+?{".indexOf(look()) >= 0 && at < body.length());
    }

    private void inClass() {
        made.append('[');
        if (look() == '^') {
            made.append('^');
            at++;
        }
        refuse(look() == ']');
        while (look() != ']') {
            refuse(at >= body.length());
            char c = look();
            at++;
            if (c == '\\') {
                made.append(escaped());
                refuse(look() == '-' && ahead() != ']');
                continue;
            }
            made.append(literal(c));
            if (look() == '-' && ahead() != ']') {
                char last = ahead();
                refuse(last == '\\' || last < c || c == '-');
                made.append('-').append(literal(last));
                at += 2;
            }
        }
        at++;
        made.append(']');
    }

    /** What an escape means, as part of a class. */
    private String escaped() {
        char c = look();
        at++;
        return switch (c) {
            case 'd' -> DIGIT;
            case 'w' -> WORD;
            case 's' -> SPACE;
            case 't' -> "\\t";
            case 'n' -> "\\n";
            case 'r' -> "\\r";
            case '.', '-', '+', '*', '?', '(', ')', '[', ']', '{', '}', '|', '^', '$', '/', '\\' -> literal(c);
            default -> throw NotPlainException.INSTANCE;
        };
    }

    private static String literal(char c) {
        return "\\x{" + Integer.toHexString(c) + "}";
    }

    private char look() {
        return at < body.length() ? body.charAt(at) : '\0';
    }

    private char ahead() {
        return at + 1 < body.length() ? body.charAt(at + 1) : '\0';
    }

    private static void refuse(boolean other) {
        if (other) {
            throw NotPlainException.INSTANCE;
        }
    }

    boolean test(@Nullable Object value, Evaluation in) {
        // A global one remembers where it was.
        refuse(global);
        return in(value, in).find();
    }

    /** As {@code text.replace(pattern, replacement)} has it, or, where {@code all}, {@code replaceAll}. */
    String replace(String text, String replacement, boolean all, Evaluation in) {
        refuse((all && !global) || replacement.length() > LONGEST_REPLACEMENT || replacement.indexOf('$') >= 0);
        Matcher matcher = in(text, in);
        String literally = Matcher.quoteReplacement(replacement);
        return in.built(global ? matcher.replaceAll(literally) : matcher.replaceFirst(literally));
    }

    private Matcher in(@Nullable Object value, Evaluation in) {
        String text = Values.string(value);
        int length = text.length();
        // Java looks at characters where JavaScript looks at halves of them.
        refuse(length > LONGEST || text.chars().anyMatch(c -> Character.isSurrogate((char) c)));
        in.work(endless ? 1 + length * (long) length / 64 : 1 + length);
        return pattern.matcher(text);
    }
}
