package dev.concord.script.plain;

import dev.concord.script.plain.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts a script's text into words. Only those that plain scripts are made of: any other one is for the engine. */
final class Lexer {

    /** What is longer is no transform or condition, and may nest deeper than a stack. */
    private static final int MOST_WORDS = 1_000;

    private static final int LONGEST_SIGN = 4;
    private static final Set<String> SIGNS = Set.of(
            "(", ")", "[", "]", "{", "}", ".", "?.", "?", ":", ",", ";", "=>", "=", "+", "-", "*", "/", "%", "!", "==",
            "!=", "===", "!==", "<", ">", "<=", ">=", "&&", "||", "??");

    /** Signs of the language that must be told from those above, of which they begin with one. */
    private static final Set<String> OTHER_SIGNS = Set.of(
            "...", "**", "**=", "++", "--", "+=", "-=", "*=", "/=", "%=", "<<", ">>", ">>>", "<<=", ">>=", ">>>=", "&",
            "|", "^", "~", "&=", "|=", "^=", "&&=", "||=", "??=");

    private final String text;
    private int at;
    private boolean firstInLine;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws NotPlainException where it meets anything else */
    static List<Token> words(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> words = lexer.until('\0');
        words.add(Token.of(Kind.END, "", true));
        return words;
    }

    private List<Token> until(char end) {
        List<Token> words = new ArrayList<>();
        int open = 0;
        while (true) {
            skipSpace();
            char c = look(0);
            boolean ends = end == '\0' ? at >= text.length() : c == end && open == 0;
            if (ends) {
                return words;
            }
            refuse(at >= text.length() || words.size() >= MOST_WORDS);
            Token word = word(c, words.isEmpty() ? null : words.getLast());
            open += word.is("{") ? 1 : word.is("}") ? -1 : 0;
            words.add(word);
        }
    }

    private Token word(char c, @Nullable Token before) {
        if (startsName(c)) {
            int from = at;
            while (startsName(look(0)) || isDigit(look(0))) {
                at++;
            }
            return made(Kind.NAME, text.substring(from, at));
        }
        if (isDigit(c)) {
            return number();
        }
        if (c == '\'' || c == '"') {
            at++;
            Token made = made(Kind.STRING, string(c));
            at++;
            return made;
        }
        if (c == '`') {
            return template();
        }
        if (c == '/' && startsPattern(before)) {
            return pattern();
        }
        return sign();
    }

    private Token made(Kind kind, String value) {
        return Token.of(kind, value, firstInLine);
    }

    private void skipSpace() {
        firstInLine = at == 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                firstInLine = true;
                at++;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '/' && look(1) == '/') {
                while (at < text.length() && look(0) != '\n' && look(0) != '\r') {
                    refuse(look(0) == '\u2028' || look(0) == '\u2029');
                    at++;
                }
            } else if (c == '/' && look(1) == '*') {
                int end = text.indexOf("*/", at + 2);
                refuse(end < 0);
                firstInLine |= text.substring(at, end).chars().anyMatch(Lexer::breaksLine);
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token number() {
        int from = at;
        while (isDigit(look(0))) {
            at++;
        }
        refuse(text.charAt(from) == '0' && at - from > 1);
        if (look(0) == '.') {
            at++;
            refuse(!isDigit(look(0)));
            while (isDigit(look(0))) {
                at++;
            }
        }
        refuse(startsName(look(0)) || look(0) == '.' || at - from > 15);
        return made(Kind.NUMBER, text.substring(from, at));
    }

    /** From behind the opening quote up to the closing one. */
    private String string(char quote) {
        StringBuilder value = new StringBuilder();
        while (look(0) != quote) {
            refuse(at >= text.length() || look(0) == '\n' || look(0) == '\r');
            value.append(character());
        }
        return value.toString();
    }

    private char character() {
        char c = text.charAt(at++);
        if (c != '\\') {
            return c;
        }
        char escaped = look(0);
        at++;
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '\'', '"', '/', '-', '.', ' ' -> escaped;
            default -> throw NotPlainException.INSTANCE;
        };
    }

    private Token template() {
        boolean first = firstInLine;
        List<String> texts = new ArrayList<>();
        List<List<Token>> parts = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        at++;
        while (look(0) != '`') {
            refuse(at >= text.length() || look(0) == '\r');
            if (look(0) == '$' && look(1) == '{') {
                at += 2;
                texts.add(value.toString());
                value.setLength(0);
                List<Token> part = until('}');
                part.add(Token.of(Kind.END, "", true));
                parts.add(part);
                at++;
            } else {
                value.append(character());
            }
        }
        at++;
        texts.add(value.toString());
        return new Token(Kind.TEMPLATE, "", "", texts, parts, first);
    }

    private Token pattern() {
        int from = ++at;
        boolean inClass = false;
        while (look(0) != '/' || inClass) {
            char c = look(0);
            refuse(at >= text.length() || c == '\n' || c == '\r' || c > 127);
            inClass = c == '[' || (inClass && c != ']');
            at += c == '\\' ? 2 : 1;
        }
        String body = text.substring(from, at++);
        int flags = at;
        while (startsName(look(0)) || isDigit(look(0))) {
            at++;
        }
        return new Token(Kind.PATTERN, body, text.substring(flags, at), List.of(), List.of(), firstInLine);
    }

    private Token sign() {
        for (int length = LONGEST_SIGN; length > 0; length--) {
            if (at + length > text.length()) {
                continue;
            }
            String sign = text.substring(at, at + length);
            if (OTHER_SIGNS.contains(sign)) {
                break;
            }
            if (SIGNS.contains(sign)) {
                // What HTML calls comments, scripts do too.
                refuse(sign.equals("<") && text.startsWith("<!--", at));
                at += length;
                return made(Kind.SIGN, sign);
            }
        }
        throw NotPlainException.INSTANCE;
    }

    private static boolean startsPattern(@Nullable Token before) {
        return before == null
                || (before.kind() == Kind.SIGN && !before.is(")") && !before.is("]") && !before.is("}"))
                || before.isName("return");
    }

    private char look(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean breaksLine(int c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static void refuse(boolean other) {
        if (other) {
            throw NotPlainException.INSTANCE;
        }
    }
}
