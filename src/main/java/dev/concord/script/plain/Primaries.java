package dev.concord.script.plain;

import dev.concord.script.plain.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what expressions begin with: constants, names, lists, objects, and what stands in parentheses. */
final class Primaries {

    private final Words words;
    private final Names names;
    private final Nesting nesting;
    private final Expressions expressions;

    Primaries(Words words, Names names, Nesting nesting, Expressions expressions) {
        this.words = words;
        this.names = names;
        this.nesting = nesting;
        this.expressions = expressions;
    }

    Expression first() {
        Token word = words.next();
        return switch (word.kind()) {
            case STRING -> constant(word.text());
            case NUMBER -> constant(Double.valueOf(word.text()));
            case NAME -> named(word.text());
            case TEMPLATE -> template(word);
            case PATTERN -> constant(new PlainPattern(word.text(), word.flags()));
            case SIGN ->
                switch (word.text()) {
                    case "(" -> inParentheses();
                    case "[" -> list();
                    case "{" -> object();
                    default -> throw NotPlainException.INSTANCE;
                };
            case END -> throw NotPlainException.INSTANCE;
        };
    }

    private static Expression constant(@Nullable Object value) {
        return in -> value;
    }

    private Expression named(String name) {
        return switch (name) {
            case "true" -> constant(true);
            case "false" -> constant(false);
            case "null" -> constant(null);
            case "undefined" -> constant(Undefined.VALUE);
            case "String", "Boolean", "Array" -> builtIn(name);
            default -> {
                NotPlainException.refuseIf(Names.isTaken(name));
                Names.Local local = names.meaning(name);
                if (local == null) {
                    yield in -> in.variable(name);
                }
                int place = local.place();
                yield in -> in.locals[place];
            }
        };
    }

    private Expression builtIn(String name) {
        names.useBuiltIn(name);
        if (name.equals("Array")) {
            words.expect(".");
            NotPlainException.refuseIf(!words.takeName("isArray"));
        }
        words.expect("(");
        Expression argument = expressions.expression();
        words.expect(")");
        return switch (name) {
            case "String" -> in -> in.built(Values.text(argument.value(in)));
            case "Boolean" -> in -> Values.truth(argument.value(in));
            default -> in -> argument.value(in) instanceof List<?>;
        };
    }

    private Expression template(Token template) {
        List<Expression> parts = new ArrayList<>();
        for (List<Token> part : template.parts()) {
            Words inner = new Words(part);
            Expressions reader = new Expressions(inner, names, nesting.inside());
            parts.add(reader.expression());
            NotPlainException.refuseIf(inner.look().kind() != Kind.END);
        }
        List<String> texts = template.texts();
        return in -> {
            StringBuilder made = new StringBuilder(texts.getFirst());
            for (int i = 0; i < parts.size(); i++) {
                made.append(Values.text(parts.get(i).value(in))).append(texts.get(i + 1));
                in.work(1 + made.length() / 8);
            }
            return in.built(made.toString());
        };
    }

    private Expression inParentheses() {
        boolean function = words.look().isName("function");
        boolean arrow = words.look().is("(")
                && words.lookBehind().is(")")
                && words.look(2).is("=>");
        if (!function && !arrow) {
            Expression value = expressions.expression();
            words.expect(")");
            return value;
        }
        return calledAtOnce(arrow);
    }

    /** A function without parameters, called in its parentheses or behind them. */
    private Expression calledAtOnce(boolean arrow) {
        nesting.enterFunction();
        words.next();
        if (arrow) {
            words.expect(")");
            NotPlainException.refuseIf(words.look().firstInLine());
            words.expect("=>");
        } else {
            words.expect("(");
            words.expect(")");
        }
        Expression body;
        if (words.take("{")) {
            body = Statements.function(words, names, expressions);
        } else {
            NotPlainException.refuseIf(!arrow);
            body = expressions.expression();
        }
        if (!arrow && words.take("(")) {
            words.expect(")");
            words.expect(")");
        } else {
            words.expect(")");
            words.expect("(");
            words.expect(")");
        }
        nesting.leaveFunction();
        return body;
    }

    private Expression list() {
        List<Expression> elements = new ArrayList<>();
        while (!words.take("]")) {
            elements.add(expressions.expression());
            if (!words.take(",")) {
                words.expect("]");
                break;
            }
        }
        return in -> {
            Made.Elements made = new Made.Elements(elements.size());
            for (Expression element : elements) {
                made.add(element.value(in));
            }
            return made;
        };
    }

    private Expression object() {
        List<String> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!words.take("}")) {
            Token key = words.next();
            NotPlainException.refuseIf(key.kind() != Kind.NAME && key.kind() != Kind.STRING);
            NotPlainException.refuseIf(!Values.isOwn(key.text()));
            keys.add(key.text());
            if (words.take(":")) {
                values.add(expressions.expression());
            } else {
                NotPlainException.refuseIf(key.kind() != Kind.NAME || Names.isTaken(key.text()));
                values.add(named(key.text()));
            }
            if (!words.take(",")) {
                words.expect("}");
                break;
            }
        }
        return in -> {
            Made.Members made = new Made.Members();
            for (int i = 0; i < values.size(); i++) {
                made.put(keys.get(i), values.get(i).value(in));
            }
            return made;
        };
    }
}
