package dev.concord.review;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Made;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows what is given to variables, to parts of patterns, and to members of objects and lists. */
final class Assignments {

    private final ScriptState state;
    private final ScriptUses script;

    Assignments(ScriptState state, ScriptUses script) {
        this.state = state;
        this.script = script;
    }

    Set<Meaning> assignment(SyntaxNode node, Scope scope) {
        SyntaxNode left = node.node("left");
        Set<Meaning> right = script.value(node.node("right"), scope);
        if (node.text("operator").equals("=")) {
            assign(left, right, scope);
            return right;
        }
        Set<Meaning> before = script.value(left, scope);
        Set<Meaning> result =
                node.text("operator").equals("+=") ? Texts.joined(before, right) : ScriptState.union(before, right);
        assign(left, result, scope);
        return result;
    }

    /** Gives meanings to a variable, a member, or the parts of a pattern. */
    void assign(@Nullable SyntaxNode to, Set<Meaning> meanings, Scope scope) {
        if (to == null) {
            return;
        }
        switch (to.type()) {
            case "Identifier" -> state.changed |= scope.add(to.text("name"), meanings);
            case "MemberExpression" -> assignMember(to, meanings, scope);
            case "AssignmentPattern" ->
                assign(to.node("left"), ScriptState.union(meanings, script.value(to.node("right"), scope)), scope);
            case "ArrayPattern" -> {
                Set<Meaning> elements = new LinkedHashSet<>();
                meanings.forEach(list -> elements.addAll(ScriptState.elementsOf(list)));
                to.nodes("elements").forEach(element -> assign(element, elements, scope));
            }
            case "RestElement" -> {
                state.findings.leave(to.line(), meanings);
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
            default -> script.value(to, scope);
        }
    }

    private void assignProperty(SyntaxNode property, Set<Meaning> objects, Scope scope) {
        Set<Meaning> taken = new LinkedHashSet<>();
        Set<@Nullable String> names = script.names(property, "key", scope);
        for (Meaning object : objects) {
            for (String name : names) {
                if (name == null && object instanceof Data data) {
                    state.findings.mayUse(property.line(), data);
                }
                Set<Meaning> values = state.step(object, name);
                values.forEach(value -> {
                    if (value instanceof Data data && !data.isWhole()) {
                        state.findings.reads(property.line(), data);
                    }
                });
                taken.addAll(values);
            }
        }
        assign(property.node("value"), taken, scope);
    }

    private void assignMember(SyntaxNode member, Set<Meaning> meanings, Scope scope) {
        Set<@Nullable String> names = script.names(member, "property", scope);
        for (Meaning object : script.objectOf(member, scope)) {
            for (String name : names) {
                switch (object) {
                    case Data data when name == null -> state.findings.mayUse(member.line(), data);
                    case Data data when name != null -> state.findings.writes(member.line(), data, name);
                    case Made made_ when name != null -> state.addMember(state.membersOf(made_.node()), name, meanings);
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
                Set<Meaning> lists = new LinkedHashSet<>();
                each.forEach(element -> lists.add(new Elements(element)));
                state.changed |= scope.add(list.text("name"), lists);
            }
        }
    }
}
