package dev.concord.script.plain;

import java.util.List;

/**
 * A word of a script.
 *
 * @param text as it is written; of a string and of a number, its value; of a pattern, what is between the slashes
 * @param flags of a pattern
 * @param texts of a template, what stands around its parts
 * @param parts of a template, the words of each
 * @param firstInLine whether there is a line break between this word and the one before
 */
record Token(Kind kind, String text, String flags, List<String> texts, List<List<Token>> parts, boolean firstInLine) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        TEMPLATE,
        PATTERN,
        SIGN,
        END
    }

    static Token of(Kind kind, String text, boolean firstInLine) {
        return new Token(kind, text, "", List.of(), List.of(), firstInLine);
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
