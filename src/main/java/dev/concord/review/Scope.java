package dev.concord.review;

import dev.concord.script.SyntaxNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that a part of a script declares, with all that each may stand for. */
final class Scope {

    private static final int MEANINGS = 32;

    private final @Nullable Scope outer;
    private final boolean ofFunction;
    private final Map<String, Set<Meaning>> variables = new HashMap<>();

    Scope(@Nullable Scope outer, boolean ofFunction) {
        this.outer = outer;
        this.ofFunction = ofFunction;
    }

    void declare(String name) {
        variables.computeIfAbsent(name, key -> new LinkedHashSet<>());
    }

    /** Where {@code var} and functions are declared. */
    Scope function() {
        return ofFunction || outer == null ? this : outer.function();
    }

    boolean knows(String name) {
        return variables.containsKey(name) || (outer != null && outer.knows(name));
    }

    /** All that a variable may stand for so far; later additions do not show. */
    Set<Meaning> meanings(String name) {
        Set<Meaning> own = variables.get(name);
        return own != null ? new LinkedHashSet<>(own) : outer == null ? Set.of() : outer.meanings(name);
    }

    /** Adds meanings to a variable; one that is declared nowhere is one of the whole script. Whether any was new. */
    boolean add(String name, Set<Meaning> meanings) {
        Set<Meaning> own = variables.get(name);
        if (own == null && outer != null) {
            return outer.add(name, meanings);
        }
        Set<Meaning> all = own == null ? variables.computeIfAbsent(name, key -> new LinkedHashSet<>()) : own;
        return addUpTo(all, meanings);
    }

    static boolean addUpTo(Set<Meaning> all, Set<Meaning> meanings) {
        boolean added = false;
        for (Meaning meaning : meanings) {
            added |= all.size() < MEANINGS && all.add(meaning);
        }
        return added;
    }

    /** Declares what the statements of a block or a whole script declare, leaving out the functions inside. */
    void declareAll(Iterable<@Nullable SyntaxNode> statements) {
        for (SyntaxNode statement : statements) {
            if (statement != null) {
                declare(statement);
            }
        }
    }

    private void declare(SyntaxNode statement) {
        switch (statement.type()) {
            case "VariableDeclaration" -> {
                if (!statement.text("kind").equals("var")) {
                    declarePatterns(statement);
                }
            }
            case "ClassDeclaration" -> declareName(statement.node("id"));
            case "FunctionDeclaration" -> declareName(statement.node("id"));
            default -> {}
        }
    }

    /** Declares each {@code var} at any depth below a node, leaving out the functions inside. */
    void declareVars(SyntaxNode node) {
        if (node.is("VariableDeclaration") && node.text("kind").equals("var")) {
            declarePatterns(node);
        }
        for (SyntaxNode child : node.children()) {
            if (!Syntax.isFunction(child)) {
                declareVars(child);
            }
        }
    }

    void declarePatterns(SyntaxNode declaration) {
        for (SyntaxNode declarator : declaration.nodes("declarations")) {
            declarePattern(declarator == null ? null : declarator.node("id"));
        }
    }

    /** Declares every name of a pattern such as {@code {a, b: [c], ...d}}. */
    void declarePattern(@Nullable SyntaxNode pattern) {
        if (pattern == null) {
            return;
        }
        switch (pattern.type()) {
            case "Identifier" -> declareName(pattern);
            case "ObjectPattern" -> pattern.nodes("properties").forEach(this::declarePattern);
            case "Property" -> declarePattern(pattern.node("value"));
            case "ArrayPattern" -> pattern.nodes("elements").forEach(this::declarePattern);
            case "AssignmentPattern" -> declarePattern(pattern.node("left"));
            case "RestElement" -> declarePattern(pattern.node("argument"));
            default -> {}
        }
    }

    private void declareName(@Nullable SyntaxNode identifier) {
        if (identifier != null) {
            declare(identifier.text("name"));
        }
    }
}
