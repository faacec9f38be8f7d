package dev.concord.script.plain;

/** How deep the reader is inside of expressions and functions; what is nested deeper is for the engine. */
final class Nesting {

    private static final int DEEPEST_EXPRESSION = 60;
    private static final int DEEPEST_FUNCTION = 5;

    private int expressions;
    private int functions;

    /** As deep as this one, and counted apart from it. */
    Nesting inside() {
        Nesting inner = new Nesting();
        inner.expressions = expressions;
        inner.functions = functions;
        return inner;
    }

    void enterExpression() {
        NotPlainException.refuseIf(++expressions > DEEPEST_EXPRESSION);
    }

    void leaveExpression() {
        expressions--;
    }

    void enterFunction() {
        NotPlainException.refuseIf(++functions > DEEPEST_FUNCTION);
    }

    void leaveFunction() {
        functions--;
    }
}
