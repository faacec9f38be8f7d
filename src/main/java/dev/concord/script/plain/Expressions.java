package dev.concord.script.plain;

import dev.concord.script.plain.Token.Kind;
import java.util.Set;

/** Reads the expressions of plain scripts: operators, from those that bind least to those that bind most. */
final class Expressions {

    private static final Set<String> UNKNOWN_SIGNS = Set.of("=", "=>");

    private final Words words;
    private final Nesting nesting;
    private final Chains chains;

    Expressions(Words words, Names names) {
        this(words, names, new Nesting());
    }

    /** For what stands inside of something else. */
    Expressions(Words words, Names names, Nesting nesting) {
        this.words = words;
        this.nesting = nesting;
        this.chains = new Chains(words, names, nesting, this);
    }

    Expression expression() {
        nesting.enterExpression();
        Expression condition = either();
        if (words.take("?")) {
            Expression yes = expression();
            words.expect(":");
            Expression no = expression();
            Expression choice = condition;
            condition = in -> (Values.truth(choice.value(in)) ? yes : no).value(in);
        }
        NotPlainException.refuseIf(words.look().kind() == Kind.SIGN
                && UNKNOWN_SIGNS.contains(words.look().text()));
        nesting.leaveExpression();
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
            NotPlainException.refuseIf(words.look().is("||") || words.look().is("&&"));
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
        NotPlainException.refuseIf(words.look().is("??"));
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
        NotPlainException.refuseIf(mixed && words.look().is("??"));
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
        nesting.enterExpression();
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
            made = chains.chain();
        }
        nesting.leaveExpression();
        return made;
    }
}
