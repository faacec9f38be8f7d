package dev.concord.review;

import dev.concord.script.SyntaxNode;

/** What is asked of nodes of syntax trees. */
final class Syntax {

    private Syntax() {}

    static boolean isFunction(SyntaxNode node) {
        return switch (node.type()) {
            case "FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression" -> true;
            default -> false;
        };
    }

    /** Without the brackets that {@code ?.} puts around what belongs together. */
    static SyntaxNode inner(SyntaxNode node) {
        SyntaxNode expression = node.is("ChainExpression") ? node.node("expression") : null;
        return expression == null ? node : inner(expression);
    }
}
