package dev.concord.script.plain;

import dev.concord.script.plain.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what follows a value: its members and elements, and the methods that are called on it. */
final class Chains {

    /** What the rest of a chain is when something before {@code ?.} is not there. */
    private static final Object NOT_THERE = new Object();

    private final Words words;
    private final Names names;
    private final Nesting nesting;
    private final Expressions expressions;
    private final Primaries primaries;

    Chains(Words words, Names names, Nesting nesting, Expressions expressions) {
        this.words = words;
        this.names = names;
        this.nesting = nesting;
        this.expressions = expressions;
        this.primaries = new Primaries(words, names, nesting, expressions);
    }

    /** Something, its members, elements and methods. */
    Expression chain() {
        Expression owner = primaries.first();
        boolean mayEnd = false;
        while (true) {
            boolean optional = words.take("?.");
            mayEnd |= optional;
            if (words.take("[")) {
                Expression key = expressions.expression();
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
        NotPlainException.refuseIf(words.look().is("(") || words.look().kind() == Kind.TEMPLATE);
        Expression whole = owner;
        return mayEnd
                ? in -> {
                    Object value = whole.value(in);
                    return value == NOT_THERE ? Undefined.VALUE : value;
                }
                : whole;
    }

    private static Expression member(Expression owner, String name, boolean optional) {
        NotPlainException.refuseIf(!Values.isOwn(name));
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
        NotPlainException.refuseIf(ofText == null && ofList == null && !test);
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
        return expressions.expression();
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
        NotPlainException.refuseIf(words.look().firstInLine());
        words.expect("=>");
        NotPlainException.refuseIf(words.look().is("{"));
        nesting.enterFunction();
        Expression body = expressions.expression();
        nesting.leaveFunction();
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
}
