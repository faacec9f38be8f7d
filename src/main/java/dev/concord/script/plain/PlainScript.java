package dev.concord.script.plain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A script that is evaluated without the engine, with the same result. Safe for use by several threads.
 *
 * <p>Plain are expressions; scripts of declarations, {@code if} and {@code return}; and functions without parameters
 * that are called at once. They may use variables, members and elements, {@code ?.}, the usual operators, texts,
 * templates, lists, objects, the methods of {@link TextMethods} and {@link ListMethods}, arrow functions given to them,
 * {@link PlainPattern patterns}, {@code String}, {@code Boolean} and {@code Array.isArray}. They cannot change
 * anything, loop, or call what belongs to somebody else, so that nobody can tell how often they ran.
 */
public final class PlainScript {

    /** What every script has as a variable. */
    static final Set<String> ALWAYS = Set.of("context", "linkQualifier", "request", "resourceName");

    private final List<Statement> statements;
    private final boolean expression;
    private final boolean returns;
    private final int locals;
    private final Set<String> notVariables;

    /**
     * @param expression whether it is a single one
     * @param returns whether its value is what it returns, rather than that of its last statement
     * @param locals how many values it keeps
     * @param notVariables names that mean something else than a variable
     */
    PlainScript(List<Statement> statements, boolean expression, boolean returns, int locals, Set<String> notVariables) {
        this.statements = statements;
        this.expression = expression;
        this.returns = returns;
        this.locals = locals;
        this.notVariables = notVariables;
    }

    /** Reads a script; null when it is not plain, for whatever reason. */
    public static @Nullable PlainScript of(String text) {
        try {
            return Statements.script(text);
        } catch (NotPlainException other) {
            return null;
        }
    }

    /**
     * Evaluates it.
     *
     * @param variables JSON values, which are not changed
     * @param globals more variables, for names that are not among the others
     * @return a JSON value: one of {@code variables} itself, or nobody else's
     * @throws NotPlainException when this call is for the engine
     */
    public @Nullable Object run(
            Map<String, @Nullable Object> variables, Map<String, @Nullable Object> globals, PlainLimits limits) {
        Evaluation in = new Evaluation(variables, globals, locals, limits);
        for (String name : notVariables) {
            if (in.isVariable(name)) {
                throw NotPlainException.INSTANCE;
            }
        }
        if (!expression) {
            refuseTaken(variables.keySet());
            refuseTaken(globals.keySet());
        }
        boolean returned = Statements.end(statements, in);
        return Values.result(returned || !returns ? in.completion : Undefined.VALUE, in);
    }

    /** Statements cannot run beside a variable that has the name of something built in. */
    private static void refuseTaken(Set<String> names) {
        for (String name : names) {
            if (name.isEmpty() || Names.isTaken(name)) {
                throw NotPlainException.INSTANCE;
            }
        }
    }
}
