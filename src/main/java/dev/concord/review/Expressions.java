package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.Text;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators, and the texts, lists and objects that stand in a script. */
final class Expressions {

    private final Interpreter interpreter;
    private final Members members;
    private final Assignments assignments;
    private final MadeObjects madeObjects;
    private final ScriptFindings findings;

    Expressions(
            Interpreter interpreter,
            Members members,
            Assignments assignments,
            MadeObjects madeObjects,
            ScriptFindings findings) {
        this.interpreter = interpreter;
        this.members = members;
        this.assignments = assignments;
        this.madeObjects = madeObjects;
        this.findings = findings;
    }

    Set<Meaning> unary(SyntaxNode node, Scope scope) {
        SyntaxNode argument = node.node("argument");
        if (node.text("operator").equals("delete")
                && argument != null
                && Syntax.inner(argument).is("MemberExpression")) {
            assignments.assign(Syntax.inner(argument), Set.of(), scope);
        } else {
            interpreter.value(argument, scope);
        }
        return Set.of(OTHER);
    }

    Set<Meaning> binary(SyntaxNode node, Scope scope) {
        Set<Meaning> left = interpreter.value(node.node("left"), scope);
        Set<Meaning> right = interpreter.value(node.node("right"), scope);
        if (node.text("operator").equals("+")) {
            return Texts.joined(left, right);
        }
        if (node.text("operator").equals("in")) {
            members.ask(node.line(), right, left);
        }
        return Set.of(OTHER);
    }

    /** {@code a || b} and the like. */
    Set<Meaning> logical(SyntaxNode node, Scope scope) {
        return Meanings.union(
                interpreter.value(node.node("left"), scope), interpreter.value(node.node("right"), scope));
    }

    /** {@code a ? b : c}. */
    Set<Meaning> conditional(SyntaxNode node, Scope scope) {
        interpreter.value(node.node("test"), scope);
        return Meanings.union(
                interpreter.value(node.node("consequent"), scope), interpreter.value(node.node("alternate"), scope));
    }

    /** {@code a, b, c}, which stands for the last of them. */
    Set<Meaning> sequence(SyntaxNode node, Scope scope) {
        Set<Meaning> last = Set.of();
        for (SyntaxNode expression : node.nodes("expressions")) {
            last = interpreter.value(expression, scope);
        }
        return last;
    }

    Set<Meaning> literal(SyntaxNode node) {
        return Set.of(node.value("value") instanceof String text ? new Text(text) : OTHER);
    }

    Set<Meaning> template(SyntaxNode node, Scope scope) {
        Set<Meaning> text = Set.of(new Text(""));
        List<@Nullable SyntaxNode> expressions = node.nodes("expressions");
        int next = 0;
        for (SyntaxNode quasi : node.nodes("quasis")) {
            Object cooked = quasi != null && quasi.value("value") instanceof Map<?, ?> map ? map.get("cooked") : null;
            text = Texts.joined(text, Set.of(new Text(String.valueOf(cooked))));
            if (next < expressions.size()) {
                text = Texts.joined(text, interpreter.value(expressions.get(next++), scope));
            }
        }
        return text;
    }

    Set<Meaning> array(SyntaxNode node, Scope scope) {
        Set<Meaning> elements = new LinkedHashSet<>();
        for (SyntaxNode element : node.nodes("elements")) {
            if (element != null && element.is("SpreadElement")) {
                elements.addAll(Meanings.elementsOf(interpreter.value(element.node("argument"), scope)));
            } else {
                elements.addAll(interpreter.value(element, scope));
            }
        }
        return elements.isEmpty() ? Set.of(new Elements(OTHER)) : Meanings.listsOf(elements);
    }

    Set<Meaning> object(SyntaxNode node, Scope scope) {
        Set<Meaning> meanings = new LinkedHashSet<>();
        meanings.add(new Made(node));
        // Objects are asked for their filters in the order in which they begin.
        madeObjects.members(node);
        for (SyntaxNode property : node.nodes("properties")) {
            if (property != null && property.is("SpreadElement")) {
                meanings.addAll(spread(property, node, scope));
            } else if (property != null) {
                Set<Meaning> value = interpreter.value(property.node("value"), scope);
                for (String name : members.names(property, "key", scope)) {
                    if (name != null) {
                        madeObjects.add(node, name, value);
                    }
                }
            }
        }
        return meanings;
    }

    /** {@code {...a}}: answers the objects that the new one then also stands for. */
    private Set<Meaning> spread(SyntaxNode spread, SyntaxNode into, Scope scope) {
        Set<Meaning> copied = interpreter.value(spread.node("argument"), scope);
        findings.leave(spread.line(), copied);
        Set<Meaning> same = new LinkedHashSet<>();
        for (Meaning each : copied) {
            switch (each) {
                case Made(SyntaxNode from) -> madeObjects.copy(from, into);
                case Data data when data.isWhole() -> same.add(data);
                default -> {}
            }
        }
        return same;
    }
}
