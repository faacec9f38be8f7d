package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.script.SyntaxNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements: blocks and loops with the variables that are theirs. */
final class Statements {

    private final Interpreter interpreter;
    private final Assignments assignments;
    private final Functions functions;
    private final ScriptFindings findings;
    private final Map<SyntaxNode, Scope> scopes = new HashMap<>();

    Statements(Interpreter interpreter, Assignments assignments, Functions functions, ScriptFindings findings) {
        this.interpreter = interpreter;
        this.assignments = assignments;
        this.functions = functions;
        this.findings = findings;
    }

    /** Statements that follow each other; their functions are known before the first of them. */
    Set<Meaning> all(List<@Nullable SyntaxNode> statements, Scope scope) {
        for (SyntaxNode statement : statements) {
            if (statement != null && statement.is("FunctionDeclaration")) {
                functions.declare(statement, scope);
            }
        }
        statements.forEach(statement -> interpreter.value(statement, scope));
        return Set.of();
    }

    Set<Meaning> block(SyntaxNode node, Scope outer) {
        return all(node.nodes("body"), scope(node, outer));
    }

    /** A statement that declares variables for its parts, such as {@code for (let i = 0; ...)}. */
    Set<Meaning> withVariables(SyntaxNode node, Scope outer) {
        parts(node, scope(node, outer));
        return Set.of();
    }

    /** {@code for (a of b)} and {@code for (a in b)}. */
    Set<Meaning> loop(SyntaxNode node, Scope outer) {
        Scope scope = scope(node, outer);
        Set<Meaning> over = interpreter.value(node.node("right"), scope);
        if (node.is("ForInStatement")) {
            findings.leave(node.line(), over);
        }
        Set<Meaning> each = node.is("ForInStatement") ? Set.of(OTHER) : Meanings.elementsOf(over);
        SyntaxNode left = node.node("left");
        SyntaxNode declared = left == null || !left.is("VariableDeclaration")
                ? left
                : left.nodes("declarations").getFirst();
        assignments.assign(
                declared != null && declared.is("VariableDeclarator") ? declared.node("id") : declared, each, scope);
        interpreter.value(node.node("body"), scope);
        return Set.of();
    }

    /** {@code with (a) ...}, whose names may be attributes. */
    Set<Meaning> with(SyntaxNode node, Scope scope) {
        findings.leave(node.line(), interpreter.value(node.node("object"), scope));
        parts(node, scope);
        return Set.of();
    }

    /** A node of which only the parts matter. */
    Set<Meaning> anyOther(SyntaxNode node, Scope scope) {
        parts(node, scope);
        return Set.of(OTHER);
    }

    private void parts(SyntaxNode node, Scope scope) {
        node.children().forEach(child -> interpreter.value(child, scope));
    }

    private Scope scope(SyntaxNode node, Scope outer) {
        return scopes.computeIfAbsent(node, key -> {
            Scope scope = new Scope(outer, false);
            scope.declareAll(node.nodes("body"));
            for (String head : List.of("init", "left")) {
                SyntaxNode declaration = node.node(head);
                if (declaration != null
                        && declaration.is("VariableDeclaration")
                        && !declaration.text("kind").equals("var")) {
                    scope.declarePatterns(declaration);
                }
            }
            if (node.is("CatchClause")) {
                scope.declarePattern(node.node("param"));
            }
            for (SyntaxNode each : node.nodes("cases")) {
                scope.declareAll(each == null ? List.of() : each.nodes("consequent"));
            }
            return scope;
        });
    }
}
