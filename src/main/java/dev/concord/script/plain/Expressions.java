package dev.concord.script.plain;

import dev.concord.script.plain.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the expressions of plain scripts. */
final class Expressions {

    private static final int DEEPEST = 60;
    private static final int MOST_FUNCTIONS = 5;
    private static final Set<String> UNKNOWN_SIGNS = Set.of("=", "=>");

    /** What the rest of a chain is when something before {@code ?.} is not there. */
    private static final Object NOT_THERE = new Object();

    private final Words words;
    private final Names names;
    private int depth;
    private int functions;

    Expressions(Words words, Names names) {
        this.words = words;
        this.names = names;
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw NotPlainException.INSTANCE;
        }
        Expression condition = either();
        if (words.take("?")) {
            Expression yes = expression();
            words.expect(":");
            Expression no = expression();
            Expression choice = condition;
            condition = in -> (Values.truth(choice.value(in)) ? yes : no).value(in);
        }
        refuse(words.look().kind() == Kind.SIGN
                && UNKNOWN_SIGNS.contains(words.look().text()));
        depth--;
        return condition;
    }

    /** {@code ||}, {@code &&} and {@code ??}, which is not mixed with the others. */
    private Expression either() {
        Expression left = both();
        if (words.look().is("??")) {
            while (words.take("??")) {
                Expression first = left;
                Expression second = equality();
                left = in -> {
                    Object value = first.value(in);
                    return Values.isNothing(value) ? second.value(in) : value;
                };
            }
            refuse(words.look().is("||") || words.look().is("&&"));
            return left;
        }
        while (words.take("||")) {
            Expression first = left;
            Expression second = both();
            left = in -> {
                Object value = first.value(in);
                return Values.truth(value) ? value : second.value(in);
            };
        }
        refuse(words.look().is("??"));
        return left;
    }

    private Expression both() {
        Expression left = equality();
        boolean mixed = words.look().is("&&");
        while (words.take("&&")) {
            Expression first = left;
            Expression second = equality();
            left = in -> {
                Object value = first.value(in);
                return Values.truth(value) ? second.value(in) : value;
            };
        }
        refuse(mixed && words.look().is("??"));
        return left;
    }

    private Expression equality() {
        Expression left = order();
        while (true) {
            Expression first = left;
            if (words.take("===")) {
                Expression second = order();
                left = in -> Values.same(first.value(in), second.value(in));
            } else if (words.take("!==")) {
                Expression second = order();
                left = in -> !Values.same(first.value(in), second.value(in));
            } else if (words.take("==")) {
                Expression second = order();
                left = in -> Values.alike(first.value(in), second.value(in));
            } else if (words.take("!=")) {
                Expression second = order();
                left = in -> !Values.alike(first.value(in), second.value(in));
            } else {
                return left;
            }
        }
    }

    private Expression order() {
        Expression left = sum();
        while (true) {
            Expression first = left;
            if (words.take("<")) {
                Expression second = sum();
                left = in -> Values.order(first.value(in), second.value(in)) < 0;
            } else if (words.take(">")) {
                Expression second = sum();
                left = in -> Values.order(first.value(in), second.value(in)) > 0;
            } else if (words.take("<=")) {
                Expression second = sum();
                left = in -> Values.order(first.value(in), second.value(in)) <= 0;
            } else if (words.take(">=")) {
                Expression second = sum();
                left = in -> Values.order(first.value(in), second.value(in)) >= 0;
            } else {
                return left;
            }
        }
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            Expression first = left;
            if (words.take("+")) {
                Expression second = product();
                left = in -> Values.plus(in, first.value(in), second.value(in));
            } else if (words.take("-")) {
                Expression second = product();
                left = in -> Values.number(first.value(in)) - Values.number(second.value(in));
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = sign();
        while (true) {
            Expression first = left;
            if (words.take("*")) {
                Expression second = sign();
                left = in -> Values.number(first.value(in)) * Values.number(second.value(in));
            } else if (words.take("/")) {
                Expression second = sign();
                left = in -> Values.number(first.value(in)) / Values.number(second.value(in));
            } else if (words.take("%")) {
                Expression second = sign();
                left = in -> Values.number(first.value(in)) % Values.number(second.value(in));
            } else {
                return left;
            }
        }
    }

    private Expression sign() {
        if (++depth > DEEPEST) {
            throw NotPlainException.INSTANCE;
        }
        Expression made;
        if (words.take("!")) {
            Expression value = sign();
            made = in -> !Values.truth(value.value(in));
        } else if (words.take("-")) {
            Expression value = sign();
            made = in -> -Values.number(value.value(in));
        } else if (words.takeName("typeof")) {
            Expression value = sign();
            made = in -> Values.kind(value.value(in));
        } else {
            made = chain();
        }
        depth--;
        return made;
    }

    /** Something, its members, elements and methods. */
    private Expression chain() {
        Expression owner = first();
        boolean mayEnd = false;
        while (true) {
            boolean optional = words.take("?.");
            mayEnd |= optional;
            if (words.take("[")) {
                Expression key = expression();
                words.expect("]");
                Expression of = owner;
                owner = in -> {
                    Object value = of.value(in);
                    return leads(value, optional) ? Values.element(value, key.value(in)) : NOT_THERE;
                };
            } else if (optional || words.take(".")) {
                String name = words.name();
                owner = words.take("(") ? method(owner, name, optional) : member(owner, name, optional);
            } else {
                break;
            }
        }
        refuse(words.look().is("(") || words.look().kind() == Kind.TEMPLATE);
        Expression whole = owner;
        return mayEnd
                ? in -> {
                    Object value = whole.value(in);
                    return value == NOT_THERE ? Undefined.VALUE : value;
                }
                : whole;
    }

    private static Expression member(Expression owner, String name, boolean optional) {
        refuse(!Values.isOwn(name));
        return in -> {
            Object value = owner.value(in);
            return leads(value, optional) ? Values.member(value, name) : NOT_THERE;
        };
    }

    /** Whether a chain goes on from a value. */
    private static boolean leads(@Nullable Object value, boolean optional) {
        return value != NOT_THERE && !(optional && Values.isNothing(value));
    }

    private Expression method(Expression owner, String name, boolean optional) {
        List<Expression> given = new ArrayList<>();
        while (!words.take(")")) {
            given.add(argument());
            if (!words.take(",")) {
                words.expect(")");
                break;
            }
        }
        Expression[] arguments = given.toArray(Expression[]::new);
        Method<String> ofText = taking(TextMethods.ALL, name, arguments.length);
        Method<List<?>> ofList = taking(ListMethods.ALL, name, arguments.length);
        boolean test = name.equals("test") && arguments.length == 1;
        boolean text = name.equals("toString") && arguments.length == 0;
        refuse(ofText == null && ofList == null && !test);
        return in -> {
            Object value = owner.value(in);
            if (!leads(value, optional)) {
                return NOT_THERE;
            }
            in.work(1);
            if (value instanceof String string && ofText != null) {
                return ofText.body().on(string, values(arguments, in), in);
            }
            if (value instanceof List<?> list && ofList != null) {
                return ofList.body().on(list, values(arguments, in), in);
            }
            if (value instanceof PlainPattern pattern && test) {
                return pattern.test(arguments[0].value(in), in);
            }
            if (text && (value instanceof Double || value instanceof Boolean)) {
                return Values.text(value);
            }
            throw NotPlainException.INSTANCE;
        };
    }

    private static <T> @Nullable Method<T> taking(Map<String, Method<T>> methods, String name, int arguments) {
        Method<T> method = methods.get(name);
        return method != null && method.takes(arguments) ? method : null;
    }

    private static @Nullable Object[] values(Expression[] arguments, Evaluation in) {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].value(in);
        }
        return values;
    }

    private Expression argument() {
        boolean one = words.look().kind() == Kind.NAME && words.lookBehind().is("=>");
        boolean several = words.look().is("(")
                && words.lookBehind().kind() == Kind.NAME
                && (words.look(2).is(",")
                        || (words.look(2).is(")") && words.look(3).is("=>")));
        if (one || several) {
            return arrow(several);
        }
        boolean alone = words.lookBehind().is(")");
        if (alone && words.takeName("Boolean")) {
            names.useBuiltIn("Boolean");
            Callback truth = (in, element, index) -> Values.truth(element);
            return in -> truth;
        }
        return expression();
    }

    private Expression arrow(boolean several) {
        names.open();
        Names.Local element;
        Names.Local index = null;
        if (several) {
            words.expect("(");
            element = names.parameter(words.name());
            if (words.take(",")) {
                index = names.parameter(words.name());
            }
            words.expect(")");
        } else {
            element = names.parameter(words.name());
        }
        refuse(words.look().firstInLine());
        words.expect("=>");
        refuse(words.look().is("{") || ++functions > MOST_FUNCTIONS);
        Expression body = expression();
        functions--;
        names.close();
        int elementPlace = element.place();
        int indexPlace = index == null ? -1 : index.place();
        Callback callback = (in, value, at) -> {
            in.locals[elementPlace] = value;
            if (indexPlace >= 0) {
                in.locals[indexPlace] = (double) at;
            }
            return body.value(in);
        };
        return in -> callback;
    }

    private Expression first() {
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
                refuse(Names.isTaken(name));
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
            refuse(!words.takeName("isArray"));
        }
        words.expect("(");
        Expression argument = expression();
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
            Expressions reader = new Expressions(inner, names);
            reader.depth = depth;
            reader.functions = functions;
            parts.add(reader.expression());
            refuse(inner.look().kind() != Kind.END);
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
            Expression value = expression();
            words.expect(")");
            return value;
        }
        return calledAtOnce(arrow);
    }

    /** A function without parameters, called in its parentheses or behind them. */
    private Expression calledAtOnce(boolean arrow) {
        refuse(++functions > MOST_FUNCTIONS);
        words.next();
        if (arrow) {
            words.expect(")");
            refuse(words.look().firstInLine());
            words.expect("=>");
        } else {
            words.expect("(");
            words.expect(")");
        }
        Expression body;
        if (words.take("{")) {
            body = Statements.function(words, names, this);
        } else {
            refuse(!arrow);
            body = expression();
        }
        if (!arrow && words.take("(")) {
            words.expect(")");
            words.expect(")");
        } else {
            words.expect(")");
            words.expect("(");
            words.expect(")");
        }
        functions--;
        return body;
    }

    private Expression list() {
        List<Expression> elements = new ArrayList<>();
        while (!words.take("]")) {
            elements.add(expression());
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
            refuse(key.kind() != Kind.NAME && key.kind() != Kind.STRING);
            refuse(!Values.isOwn(key.text()));
            keys.add(key.text());
            if (words.take(":")) {
                values.add(expression());
            } else {
                refuse(key.kind() != Kind.NAME || Names.isTaken(key.text()));
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

    private static void refuse(boolean other) {
        if (other) {
            throw NotPlainException.INSTANCE;
        }
    }
}
