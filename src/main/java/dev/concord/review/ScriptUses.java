package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Function;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.ObjectCall;
import dev.concord.review.Meaning.Text;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects that a script is given through its variables, functions and lists, and collects the attributes
 * that are used. The order of statements is not looked at: a variable stands for all that it is ever given, which is
 * worked out in passes until nothing new is found. A property whose name is only known when the script runs may be any.
 */
final class ScriptUses {

    private static final int PASSES = 50;

    private final ScriptState state = new ScriptState();
    private final Assignments assignments = new Assignments(state, this);
    private final Calls calls = new Calls(state, this, assignments);
    private @Nullable SyntaxNode function;

    private ScriptUses() {}

    /**
     * All uses in a script.
     *
     * @param variables what its variables stand for
     * @param queried the set that a filter which the script makes and does not ask itself is meant for; null for none
     */
    static Set<ScriptUse> of(SyntaxNode program, Map<String, Meaning> variables, @Nullable String queried) {
        ScriptUses script = new ScriptUses();
        Scope root = new Scope(null, true);
        root.declare("openidm");
        root.add("openidm", Set.of(new ObjectCall("")));
        variables.forEach((name, meaning) -> {
            root.declare(name);
            root.add(name, Set.of(meaning));
        });
        Scope inside = new Scope(root, true);
        inside.declareVars(program);
        inside.declareAll(program.nodes("body"));
        // "var source = source || {}" speaks of the same variable.
        variables.forEach((name, meaning) -> inside.add(name, Set.of(meaning)));
        int passes = 0;
        do {
            script.state.changed = false;
            script.state.findings.forget();
            script.statements(program.nodes("body"), inside);
        } while (script.state.changed && ++passes < PASSES);
        if (queried != null) {
            script.queries(queried);
        }
        return script.state.findings.uses();
    }

    private void queries(String queried) {
        state.made.forEach((node, members) -> {
            Set<Meaning> filter = members.get("_queryFilter");
            if (filter != null && !state.objectCalls.parameters().contains(node)) {
                state.findings.filter(node.line(), queried, filter, true);
            }
        });
    }

    private void statements(List<@Nullable SyntaxNode> statements, Scope scope) {
        for (SyntaxNode statement : statements) {
            if (statement != null && statement.is("FunctionDeclaration")) {
                functionMeaning(statement, scope);
            }
        }
        for (SyntaxNode statement : statements) {
            if (statement != null) {
                value(statement, scope);
            }
        }
    }

    /** What a node stands for; all that is used in it is added to the state.findings. */
    Set<Meaning> value(@Nullable SyntaxNode written, Scope scope) {
        if (written == null) {
            return Set.of();
        }
        SyntaxNode node = Syntax.inner(written);
        return switch (node.type()) {
            case "Identifier" -> scope.meanings(node.text("name"));
            case "Literal" -> Set.of(node.value("value") instanceof String text ? new Text(text) : OTHER);
            case "TemplateLiteral" -> template(node, scope);
            case "MemberExpression" -> member(node, scope, true);
            case "CallExpression" -> calls.call(node, scope);
            case "NewExpression" -> {
                value(node.node("callee"), scope);
                calls.arguments(node, scope).forEach(argument -> state.findings.leave(node.line(), argument));
                yield Set.of(OTHER);
            }
            case "AssignmentExpression" -> assignments.assignment(node, scope);
            case "UpdateExpression" -> {
                assignments.assign(node.node("argument"), Set.of(OTHER), scope);
                yield Set.of(OTHER);
            }
            case "UnaryExpression" -> {
                SyntaxNode argument = node.node("argument");
                if (node.text("operator").equals("delete")
                        && argument != null
                        && Syntax.inner(argument).is("MemberExpression")) {
                    assignments.assign(Syntax.inner(argument), Set.of(), scope);
                } else {
                    value(argument, scope);
                }
                yield Set.of(OTHER);
            }
            case "BinaryExpression" -> binary(node, scope);
            case "LogicalExpression" ->
                ScriptState.union(value(node.node("left"), scope), value(node.node("right"), scope));
            case "ConditionalExpression" -> {
                value(node.node("test"), scope);
                yield ScriptState.union(value(node.node("consequent"), scope), value(node.node("alternate"), scope));
            }
            case "SequenceExpression" -> {
                Set<Meaning> last = Set.of();
                for (SyntaxNode expression : node.nodes("expressions")) {
                    last = value(expression, scope);
                }
                yield last;
            }
            case "AwaitExpression", "ParenthesizedExpression" ->
                value(node.node(node.is("AwaitExpression") ? "argument" : "expression"), scope);
            case "ArrayExpression" -> array(node, scope);
            case "ObjectExpression" -> object(node, scope);
            case "FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression" -> {
                Set<Meaning> meaning = functionMeaning(node, scope);
                functionBody(node);
                yield meaning;
            }
            case "VariableDeclarator" -> {
                SyntaxNode initial = node.node("init");
                if (initial != null) {
                    assignments.assign(node.node("id"), value(initial, scope), scope);
                }
                yield Set.of();
            }
            case "ReturnStatement" -> {
                returns(value(node.node("argument"), scope));
                yield Set.of();
            }
            case "BlockStatement", "StaticBlock" -> {
                statements(node.nodes("body"), block(node, scope));
                yield Set.of();
            }
            case "ForStatement", "SwitchStatement", "CatchClause" -> {
                parts(node, block(node, scope));
                yield Set.of();
            }
            case "ForOfStatement", "ForInStatement" -> {
                loop(node, block(node, scope));
                yield Set.of();
            }
            case "WithStatement" -> {
                state.findings.leave(node.line(), value(node.node("object"), scope));
                parts(node, scope);
                yield Set.of();
            }
            default -> {
                parts(node, scope);
                yield Set.of(OTHER);
            }
        };
    }

    private void parts(SyntaxNode node, Scope scope) {
        node.children().forEach(child -> value(child, scope));
    }

    private Scope block(SyntaxNode node, Scope outer) {
        return state.scopes.computeIfAbsent(node, key -> {
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

    private void loop(SyntaxNode node, Scope scope) {
        Set<Meaning> over = value(node.node("right"), scope);
        Set<Meaning> each = new LinkedHashSet<>();
        if (node.is("ForOfStatement")) {
            over.forEach(list -> each.addAll(ScriptState.elementsOf(list)));
        } else {
            state.findings.leave(node.line(), over);
            each.add(OTHER);
        }
        SyntaxNode left = node.node("left");
        SyntaxNode declared = left == null || !left.is("VariableDeclaration")
                ? left
                : left.nodes("declarations").getFirst();
        assignments.assign(
                declared != null && declared.is("VariableDeclarator") ? declared.node("id") : declared, each, scope);
        value(node.node("body"), scope);
    }

    private Set<Meaning> functionMeaning(SyntaxNode node, Scope outer) {
        state.scopes.computeIfAbsent(node, key -> {
            Scope scope = new Scope(outer, true);
            node.nodes("params").forEach(scope::declarePattern);
            SyntaxNode name = node.node("id");
            if (name != null && node.is("FunctionExpression")) {
                scope.declare(name.text("name"));
                scope.add(name.text("name"), Set.of(new Function(node)));
            }
            SyntaxNode body = node.node("body");
            if (body != null) {
                scope.declareVars(body);
            }
            return scope;
        });
        SyntaxNode name = node.node("id");
        if (name != null && node.is("FunctionDeclaration")) {
            state.changed |= outer.add(name.text("name"), Set.of(new Function(node)));
        }
        return Set.of(new Function(node));
    }

    private void functionBody(SyntaxNode node) {
        Scope scope = Objects.requireNonNull(state.scopes.get(node));
        SyntaxNode outer = function;
        function = node;
        for (SyntaxNode parameter : node.nodes("params")) {
            if (parameter != null && parameter.is("AssignmentPattern")) {
                assignments.assign(parameter, Set.of(), scope);
            }
        }
        SyntaxNode body = node.node("body");
        Set<Meaning> result = value(body, scope);
        if (body != null && !body.is("BlockStatement")) {
            returns(result);
        }
        function = outer;
    }

    private void returns(Set<Meaning> meanings) {
        if (function != null) {
            state.changed |=
                    Scope.addUpTo(state.returned.computeIfAbsent(function, key -> new LinkedHashSet<>()), meanings);
        }
    }

    private Set<Meaning> template(SyntaxNode node, Scope scope) {
        Set<Meaning> text = Set.of(new Text(""));
        List<@Nullable SyntaxNode> expressions = node.nodes("expressions");
        int next = 0;
        for (SyntaxNode quasi : node.nodes("quasis")) {
            Object cooked = quasi != null && quasi.value("value") instanceof Map<?, ?> map ? map.get("cooked") : null;
            text = Texts.joined(text, Set.of(new Text(String.valueOf(cooked))));
            if (next < expressions.size()) {
                text = Texts.joined(text, value(expressions.get(next++), scope));
            }
        }
        return text;
    }

    private Set<Meaning> binary(SyntaxNode node, Scope scope) {
        SyntaxNode left = node.node("left");
        Set<Meaning> first = value(left, scope);
        Set<Meaning> second = value(node.node("right"), scope);
        if (node.text("operator").equals("+")) {
            return Texts.joined(first, second);
        }
        if (node.text("operator").equals("in")) {
            state.has(node.line(), second, first);
        }
        return Set.of(OTHER);
    }

    private Set<Meaning> array(SyntaxNode node, Scope scope) {
        Set<Meaning> elements = new LinkedHashSet<>();
        for (SyntaxNode element : node.nodes("elements")) {
            if (element != null && element.is("SpreadElement")) {
                value(element.node("argument"), scope)
                        .forEach(
                                list -> ScriptState.elementsOf(list).forEach(each -> elements.add(new Elements(each))));
            } else {
                value(element, scope).forEach(each -> elements.add(new Elements(each)));
            }
        }
        return elements.isEmpty() ? Set.of(new Elements(OTHER)) : elements;
    }

    private Set<Meaning> object(SyntaxNode node, Scope scope) {
        Map<String, Set<Meaning>> members = state.membersOf(node);
        Set<Meaning> meanings = new LinkedHashSet<>();
        meanings.add(new Made(node));
        for (SyntaxNode property : node.nodes("properties")) {
            if (property == null) {
                continue;
            }
            if (property.is("SpreadElement")) {
                Set<Meaning> copied = value(property.node("argument"), scope);
                state.findings.leave(property.line(), copied);
                copied.forEach(each -> {
                    if (each instanceof Made other && other.node() != node) {
                        state.membersOf(other.node()).forEach((name, values) -> state.addMember(members, name, values));
                    } else if (each instanceof Data data && data.isWhole()) {
                        meanings.add(data);
                    }
                });
                continue;
            }
            Set<Meaning> value = value(property.node("value"), scope);
            names(property, "key", scope).forEach(name -> {
                if (name != null) {
                    state.addMember(members, name, value);
                }
            });
        }
        return meanings;
    }

    /** The names that a property may have; null among them for any. */
    Set<@Nullable String> names(SyntaxNode node, String at, Scope scope) {
        SyntaxNode name = node.node(at);
        Set<@Nullable String> names = new LinkedHashSet<>();
        if (name == null) {
            names.add(null);
        } else if (!node.flag("computed")) {
            names.add(name.is("Literal") ? String.valueOf(name.value("value")) : name.text("name"));
        } else {
            Set<Meaning> meanings = value(name, scope);
            names.addAll(Texts.fixed(meanings));
            if (Texts.isOpen(meanings)) {
                names.add(null);
            }
        }
        return names;
    }

    Set<Meaning> objectOf(SyntaxNode member, Scope scope) {
        SyntaxNode object = member.node("object");
        SyntaxNode inner = object == null ? null : Syntax.inner(object);
        return inner != null && inner.is("MemberExpression") ? member(inner, scope, false) : value(inner, scope);
    }

    /** @param last whether nothing inside the member is asked for, so that the member itself is what is used */
    private Set<Meaning> member(SyntaxNode node, Scope scope, boolean last) {
        Set<Meaning> results = new LinkedHashSet<>();
        Set<@Nullable String> names = names(node, "property", scope);
        for (Meaning object : objectOf(node, scope)) {
            for (String name : names) {
                if (name == null && object instanceof Data data) {
                    state.findings.mayUse(node.line(), data);
                }
                results.addAll(state.step(object, name));
            }
        }
        if (last) {
            results.forEach(result -> {
                if (result instanceof Data data && !data.isWhole()) {
                    state.findings.reads(node.line(), data);
                }
            });
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }
}
