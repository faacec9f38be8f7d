package dev.concord.script.plain;

import java.util.List;

/** The words of a script, one after the other. */
final class Words {

    private final List<Token> words;
    private int at;

    Words(List<Token> words) {
        this.words = words;
    }

    Token look() {
        return words.get(at);
    }

    /** The word behind the next one. */
    Token lookBehind() {
        return look(1);
    }

    Token look(int ahead) {
        return words.get(Math.min(at + ahead, words.size() - 1));
    }

    Token next() {
        Token word = words.get(at);
        if (word.kind() != Token.Kind.END) {
            at++;
        }
        return word;
    }

    /** Goes on behind a sign if it is the next word. */
    boolean take(String sign) {
        boolean there = look().is(sign);
        if (there) {
            at++;
        }
        return there;
    }

    boolean takeName(String name) {
        boolean there = look().isName(name);
        if (there) {
            at++;
        }
        return there;
    }

    void expect(String sign) {
        if (!take(sign)) {
            throw NotPlainException.INSTANCE;
        }
    }

    /** Any name, even one that is a word of the language. */
    String name() {
        Token word = next();
        if (word.kind() != Token.Kind.NAME) {
            throw NotPlainException.INSTANCE;
        }
        return word.text();
    }

    /** The end of a statement: a semicolon, or what makes JavaScript think of one. */
    void endStatement() {
        Token word = look();
        boolean template = word.kind() == Token.Kind.TEMPLATE;
        if (!take(";") && !word.is("}") && (!word.firstInLine() || template)) {
            throw NotPlainException.INSTANCE;
        }
    }
}
