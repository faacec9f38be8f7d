package dev.concord.review;

import dev.concord.review.Meaning.Function;
import dev.concord.script.SyntaxNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of a script: what their parameters are given wherever they are called, and what they return. */
final class Functions {

    private final Interpreter interpreter;
    private final Assignments assignments;
    private final Progress progress;
    private final Map<SyntaxNode, Scope> scopes = new HashMap<>();
    private final Map<SyntaxNode, Set<Meaning>> returned = new HashMap<>();
    private @Nullable SyntaxNode current;

    Functions(Interpreter interpreter, Assignments assignments, Progress progress) {
        this.interpreter = interpreter;
        this.assignments = assignments;
        this.progress = progress;
    }

    /** Makes a function known, by its name where it has one, before its body is looked at. */
    void declare(SyntaxNode node, Scope outer) {
        Set<Meaning> itself = Set.of(new Function(node));
        SyntaxNode name = node.node("id");
        scopes.computeIfAbsent(node, key -> {
            Scope scope = new Scope(outer, true);
            node.nodes("params").forEach(scope::declarePattern);
            if (name != null && node.is("FunctionExpression")) {
                scope.declare(name.text("name"));
                scope.add(name.text("name"), itself);
            }
            SyntaxNode body = node.node("body");
            if (body != null) {
                scope.declareVars(body);
            }
            return scope;
        });
        if (name != null && node.is("FunctionDeclaration")) {
            progress.note(outer.add(name.text("name"), itself));
        }
    }

    /** A function where it stands in the script, with its body. */
    Set<Meaning> define(SyntaxNode node, Scope outer) {
        declare(node, outer);
        body(node, Objects.requireNonNull(scopes.get(node)));
        return Set.of(new Function(node));
    }

    private void body(SyntaxNode node, Scope scope) {
        SyntaxNode around = current;
        current = node;
        for (SyntaxNode parameter : node.nodes("params")) {
            if (parameter != null && parameter.is("AssignmentPattern")) {
                assignments.assign(parameter, Set.of(), scope);
            }
        }
        SyntaxNode body = node.node("body");
        Set<Meaning> result = interpreter.value(body, scope);
        if (body != null && !body.is("BlockStatement")) {
            returns(result);
        }
        current = around;
    }

    Set<Meaning> returnStatement(SyntaxNode node, Scope scope) {
        returns(interpreter.value(node.node("argument"), scope));
        return Set.of();
    }

    /** The function whose body is looked at returns this. */
    private void returns(Set<Meaning> meanings) {
        if (current != null) {
            progress.note(Scope.addUpTo(returned.computeIfAbsent(current, key -> new LinkedHashSet<>()), meanings));
        }
    }

    /** Gives arguments to the parameters of a function, and answers what it returns. */
    Set<Meaning> enter(SyntaxNode function, List<Set<Meaning>> arguments) {
        Scope scope = scopes.get(function);
        if (scope == null) {
            progress.note(true);
            return Set.of();
        }
        List<@Nullable SyntaxNode> parameters = function.nodes("params");
        for (int i = 0; i < parameters.size() && i < arguments.size(); i++) {
            SyntaxNode parameter = parameters.get(i);
            if (parameter != null && parameter.is("RestElement")) {
                Set<Meaning> rest = new LinkedHashSet<>();
                arguments.subList(i, arguments.size()).forEach(each -> rest.addAll(Meanings.listsOf(each)));
                assignments.assign(parameter.node("argument"), rest, scope);
            } else {
                assignments.assign(parameter, arguments.get(i), scope);
            }
        }
        return new LinkedHashSet<>(returned.getOrDefault(function, Set.of()));
    }
}
