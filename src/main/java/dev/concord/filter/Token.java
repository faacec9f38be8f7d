package dev.concord.filter;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of a filter's text.
 *
 * @param text the word as it is written or what a quoted text stands for; otherwise the sign itself
 * @param offset where it begins, in UTF-16 units
 */
record Token(Kind kind, String text, int offset) {

    private static final Set<String> VOCABULARY = Set.of(
            "and", "or", "eq", "co", "sw", "ew", "lt", "le", "gt", "ge", "in", "pr", "true", "false", "null", "not",
            "ne");

    enum Kind {
        WORD,
        QUOTED,
        SIGN,
        END
    }

    boolean isSign(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** What stands there, in words that give no value away. */
    String description() {
        return switch (kind) {
            case WORD -> VOCABULARY.contains(text.toLowerCase(Locale.ROOT)) ? "'" + text + "'" : wordDescription();
            case QUOTED -> "a quoted text";
            case SIGN -> "'" + text + "'";
            case END -> "the end of the filter";
        };
    }

    private String wordDescription() {
        char first = text.charAt(0);
        return (first >= '0' && first <= '9') || first == '-' ? "a number" : "a word";
    }
}
