package dev.concord.script.plain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the statements of plain scripts. */
final class Statements {

    private final Words words;
    private final Names names;
    private final Expressions expressions;

    /** Whether there is a {@code return} in the function that is being read. */
    private boolean returns;

    Statements(Words words, Names names, Expressions expressions) {
        this.words = words;
        this.names = names;
        this.expressions = expressions;
    }

    /** @throws NotPlainException when it is not plain */
    static PlainScript script(String text) {
        Words words = new Words(Lexer.words(text));
        Names names = new Names();
        Statements statements = new Statements(words, names, new Expressions(words, names));
        List<Statement> read = statements.until(Token.Kind.END, "");
        if (read.isEmpty() || !names.areClear()) {
            throw NotPlainException.INSTANCE;
        }
        boolean expression = read.size() == 1 && !statements.returns;
        return new PlainScript(read, expression, statements.returns, names.places(), names.notVariables());
    }

    /** The statements of a function, up to its closing brace; the function's value is what they return. */
    static Expression function(Words words, Names names, Expressions expressions) {
        names.open();
        List<Statement> body = new Statements(words, names, expressions).until(Token.Kind.SIGN, "}");
        words.expect("}");
        names.close();
        return in -> {
            Object outer = in.completion;
            Object value = end(body, in) ? in.completion : Undefined.VALUE;
            in.completion = outer;
            return value;
        };
    }

    /** Does statements one after the other; answers whether one of them ended the function. */
    static boolean end(List<Statement> statements, Evaluation in) {
        for (Statement statement : statements) {
            if (statement.ends(in)) {
                return true;
            }
        }
        return false;
    }

    private List<Statement> until(Token.Kind kind, String sign) {
        List<Statement> read = new ArrayList<>();
        while (words.look().kind() != kind || !words.look().text().equals(sign)) {
            declarationOrStatement(read);
        }
        return List.copyOf(read);
    }

    private void declarationOrStatement(List<Statement> read) {
        if (words.take(";")) {
            return;
        }
        Token word = words.look();
        if (word.isName("var") || word.isName("let") || word.isName("const")) {
            words.next();
            declaration(word, read);
        } else {
            read.add(statement());
        }
    }

    private void declaration(Token keyword, List<Statement> read) {
        do {
            String name = words.name();
            Expression value = words.take("=") ? expressions.expression() : null;
            if (value == null && keyword.isName("const")) {
                throw NotPlainException.INSTANCE;
            }
            int place = names.declare(name, !keyword.isName("const")).place();
            read.add(in -> {
                in.locals[place] = value == null ? Undefined.VALUE : value.value(in);
                return false;
            });
        } while (words.take(","));
        words.endStatement();
    }

    private Statement statement() {
        if (words.take("{")) {
            return block();
        }
        if (words.takeName("if")) {
            return condition();
        }
        if (words.takeName("return")) {
            return end();
        }
        Statement assignment = assignment();
        if (assignment != null) {
            return assignment;
        }
        Expression expression = expressions.expression();
        words.endStatement();
        return in -> {
            in.completion = expression.value(in);
            return false;
        };
    }

    private Statement block() {
        names.open();
        List<Statement> block = until(Token.Kind.SIGN, "}");
        words.expect("}");
        names.close();
        return in -> end(block, in);
    }

    private Statement condition() {
        words.expect("(");
        Expression condition = expressions.expression();
        words.expect(")");
        Statement yes = statement();
        Statement no = words.takeName("else") ? statement() : in -> false;
        return in -> {
            boolean holds = Values.truth(condition.value(in));
            in.completion = Undefined.VALUE;
            return (holds ? yes : no).ends(in);
        };
    }

    private Statement end() {
        returns = true;
        Token next = words.look();
        // A line break behind it ends it.
        if (next.firstInLine() || next.is(";") || next.is("}")) {
            throw NotPlainException.INSTANCE;
        }
        Expression value = expressions.expression();
        words.endStatement();
        return in -> {
            in.completion = value.value(in);
            return true;
        };
    }

    private @Nullable Statement assignment() {
        if (words.look().kind() != Token.Kind.NAME || !words.lookBehind().is("=")) {
            return null;
        }
        Names.Local local = names.meaning(words.name());
        if (local == null || !local.assignable()) {
            throw NotPlainException.INSTANCE;
        }
        words.expect("=");
        Expression value = expressions.expression();
        words.endStatement();
        return in -> {
            in.locals[local.place()] = value.value(in);
            in.completion = in.locals[local.place()];
            return false;
        };
    }
}
