package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Made;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What variables, members and the parts of patterns are given. */
final class Assignments {

    private final Interpreter interpreter;
    private final Members members;
    private final MadeObjects madeObjects;
    private final ScriptFindings findings;
    private final Progress progress;

    Assignments(
            Interpreter interpreter,
            Members members,
            MadeObjects madeObjects,
            ScriptFindings findings,
            Progress progress) {
        this.interpreter = interpreter;
        this.members = members;
        this.madeObjects = madeObjects;
        this.findings = findings;
        this.progress = progress;
    }

    /** {@code a = b}, {@code a += b} and the like. */
    Set<Meaning> assignment(SyntaxNode node, Scope scope) {
        SyntaxNode left = node.node("left");
        Set<Meaning> right = interpreter.value(node.node("right"), scope);
        if (node.text("operator").equals("=")) {
            assign(left, right, scope);
            return right;
        }
        Set<Meaning> before = interpreter.value(left, scope);
        Set<Meaning> result =
                node.text("operator").equals("+=") ? Texts.joined(before, right) : Meanings.union(before, right);
        assign(left, result, scope);
        return result;
    }

    /** {@code a++} and {@code a--}. */
    Set<Meaning> update(SyntaxNode node, Scope scope) {
        assign(node.node("argument"), Set.of(OTHER), scope);
        return Set.of(OTHER);
    }

    /** One variable or pattern of a declaration, with what it begins with. */
    Set<Meaning> declarator(SyntaxNode node, Scope scope) {
        SyntaxNode initial = node.node("init");
        if (initial != null) {
            assign(node.node("id"), interpreter.value(initial, scope), scope);
        }
        return Set.of();
    }

    /** Gives meanings to a variable, a member, or the parts of a pattern. */
    void assign(@Nullable SyntaxNode to, Set<Meaning> meanings, Scope scope) {
        if (to == null) {
            return;
        }
        switch (to.type()) {
            case "Identifier" -> progress.note(scope.add(to.text("name"), meanings));
            case "MemberExpression" -> assignMember(to, meanings, scope);
            case "AssignmentPattern" ->
                assign(to.node("left"), Meanings.union(meanings, interpreter.value(to.node("right"), scope)), scope);
            case "ArrayPattern" -> {
                Set<Meaning> elements = Meanings.elementsOf(meanings);
                to.nodes("elements").forEach(element -> assign(element, elements, scope));
            }
            case "RestElement" -> {
                findings.leave(to.line(), meanings);
                assign(to.node("argument"), meanings, scope);
            }
            case "ObjectPattern" -> {
                for (SyntaxNode property : to.nodes("properties")) {
                    if (property != null && property.is("RestElement")) {
                        assign(property, meanings, scope);
                    } else if (property != null) {
                        assignProperty(property, meanings, scope);
                    }
                }
            }
            default -> interpreter.value(to, scope);
        }
    }

    private void assignProperty(SyntaxNode property, Set<Meaning> objects, Scope scope) {
        Set<Meaning> taken = new LinkedHashSet<>();
        Set<@Nullable String> names = members.names(property, "key", scope);
        for (Meaning object : objects) {
            for (String name : names) {
                if (name == null && object instanceof Data data) {
                    findings.mayUse(property.line(), data);
                }
                Set<Meaning> values = members.of(object, name);
                members.reads(property.line(), values);
                taken.addAll(values);
            }
        }
        assign(property.node("value"), taken, scope);
    }

    private void assignMember(SyntaxNode member, Set<Meaning> meanings, Scope scope) {
        Set<@Nullable String> names = members.names(member, "property", scope);
        for (Meaning object : members.objectOf(member, scope)) {
            for (String name : names) {
                switch (object) {
                    case Data data when name == null -> findings.mayUse(member.line(), data);
                    case Data data when name != null -> findings.writes(member.line(), data, name);
                    case Made(SyntaxNode node) when name != null -> madeObjects.add(node, name, meanings);
                    case Elements _ -> addElements(member.node("object"), List.of(meanings), scope);
                    default -> {}
                }
            }
        }
    }

    /** A list that a variable holds gets further elements. */
    void addElements(@Nullable SyntaxNode list, List<Set<Meaning>> elements, Scope scope) {
        if (list != null && list.is("Identifier")) {
            for (Set<Meaning> each : elements) {
                progress.note(scope.add(list.text("name"), Meanings.listsOf(each)));
            }
        }
    }
}
