package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.record.Pointer;
import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Function;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.ObjectCall;
import dev.concord.review.Meaning.Results;
import dev.concord.review.Meaning.Text;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final int DEEPEST = 8;
    private static final Set<String> PER_ELEMENT = Set.of(
            "forEach",
            "map",
            "filter",
            "find",
            "findLast",
            "findIndex",
            "some",
            "every",
            "flatMap",
            "sort",
            "toSorted");
    private static final Set<String> SAME_ELEMENTS =
            Set.of("filter", "slice", "sort", "toSorted", "reverse", "toReversed", "concat", "flat");
    private static final Set<String> ONE_ELEMENT = Set.of("find", "findLast", "pop", "shift", "at");

    private final Map<SyntaxNode, Scope> scopes = new HashMap<>();
    private final Map<SyntaxNode, Map<String, Set<Meaning>>> made = new LinkedHashMap<>();
    private final Map<SyntaxNode, Set<Meaning>> returned = new HashMap<>();
    private final ScriptFindings findings = new ScriptFindings();
    private final ObjectCalls objectCalls = new ObjectCalls(findings, this::membersOf);
    private boolean changed;
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
            script.changed = false;
            script.findings.forget();
            script.statements(program.nodes("body"), inside);
        } while (script.changed && ++passes < PASSES);
        if (queried != null) {
            script.queries(queried);
        }
        return script.findings.uses();
    }

    private void queries(String queried) {
        made.forEach((node, members) -> {
            Set<Meaning> filter = members.get("_queryFilter");
            if (filter != null && !objectCalls.parameters().contains(node)) {
                findings.filter(node.line(), queried, filter, true);
            }
        });
    }

    private Map<String, Set<Meaning>> membersOf(SyntaxNode object) {
        return made.computeIfAbsent(object, node -> new LinkedHashMap<>());
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

    /** What a node stands for; all that is used in it is added to the findings. */
    private Set<Meaning> value(@Nullable SyntaxNode written, Scope scope) {
        if (written == null) {
            return Set.of();
        }
        SyntaxNode node = Syntax.inner(written);
        return switch (node.type()) {
            case "Identifier" -> scope.meanings(node.text("name"));
            case "Literal" -> Set.of(node.value("value") instanceof String text ? new Text(text) : OTHER);
            case "TemplateLiteral" -> template(node, scope);
            case "MemberExpression" -> member(node, scope, true);
            case "CallExpression" -> call(node, scope);
            case "NewExpression" -> {
                value(node.node("callee"), scope);
                arguments(node, scope).forEach(argument -> findings.leave(node.line(), argument));
                yield Set.of(OTHER);
            }
            case "AssignmentExpression" -> assignment(node, scope);
            case "UpdateExpression" -> {
                assign(node.node("argument"), Set.of(OTHER), scope);
                yield Set.of(OTHER);
            }
            case "UnaryExpression" -> {
                SyntaxNode argument = node.node("argument");
                if (node.text("operator").equals("delete")
                        && argument != null
                        && Syntax.inner(argument).is("MemberExpression")) {
                    assign(Syntax.inner(argument), Set.of(), scope);
                } else {
                    value(argument, scope);
                }
                yield Set.of(OTHER);
            }
            case "BinaryExpression" -> binary(node, scope);
            case "LogicalExpression" -> union(value(node.node("left"), scope), value(node.node("right"), scope));
            case "ConditionalExpression" -> {
                value(node.node("test"), scope);
                yield union(value(node.node("consequent"), scope), value(node.node("alternate"), scope));
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
                    assign(node.node("id"), value(initial, scope), scope);
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
                findings.leave(node.line(), value(node.node("object"), scope));
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

    private void loop(SyntaxNode node, Scope scope) {
        Set<Meaning> over = value(node.node("right"), scope);
        Set<Meaning> each = new LinkedHashSet<>();
        if (node.is("ForOfStatement")) {
            over.forEach(list -> each.addAll(elementsOf(list)));
        } else {
            findings.leave(node.line(), over);
            each.add(OTHER);
        }
        SyntaxNode left = node.node("left");
        SyntaxNode declared = left == null || !left.is("VariableDeclaration")
                ? left
                : left.nodes("declarations").getFirst();
        assign(declared != null && declared.is("VariableDeclarator") ? declared.node("id") : declared, each, scope);
        value(node.node("body"), scope);
    }

    private Set<Meaning> functionMeaning(SyntaxNode node, Scope outer) {
        scopes.computeIfAbsent(node, key -> {
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
            changed |= outer.add(name.text("name"), Set.of(new Function(node)));
        }
        return Set.of(new Function(node));
    }

    private void functionBody(SyntaxNode node) {
        Scope scope = Objects.requireNonNull(scopes.get(node));
        SyntaxNode outer = function;
        function = node;
        for (SyntaxNode parameter : node.nodes("params")) {
            if (parameter != null && parameter.is("AssignmentPattern")) {
                assign(parameter, Set.of(), scope);
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
            changed |= Scope.addUpTo(returned.computeIfAbsent(function, key -> new LinkedHashSet<>()), meanings);
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
            has(node.line(), second, first);
        }
        return Set.of(OTHER);
    }

    /** Asks objects whether they have attributes. */
    private void has(int line, Set<Meaning> objects, Set<Meaning> names) {
        for (Meaning object : objects) {
            if (object instanceof Data data) {
                Texts.fixed(names).forEach(name -> findings.reads(line, inside(data, name)));
                if (Texts.isOpen(names)) {
                    findings.mayUse(line, data);
                }
            }
        }
    }

    private Set<Meaning> array(SyntaxNode node, Scope scope) {
        Set<Meaning> elements = new LinkedHashSet<>();
        for (SyntaxNode element : node.nodes("elements")) {
            if (element != null && element.is("SpreadElement")) {
                value(element.node("argument"), scope)
                        .forEach(list -> elementsOf(list).forEach(each -> elements.add(new Elements(each))));
            } else {
                value(element, scope).forEach(each -> elements.add(new Elements(each)));
            }
        }
        return elements.isEmpty() ? Set.of(new Elements(OTHER)) : elements;
    }

    private Set<Meaning> object(SyntaxNode node, Scope scope) {
        Map<String, Set<Meaning>> members = membersOf(node);
        Set<Meaning> meanings = new LinkedHashSet<>();
        meanings.add(new Made(node));
        for (SyntaxNode property : node.nodes("properties")) {
            if (property == null) {
                continue;
            }
            if (property.is("SpreadElement")) {
                Set<Meaning> copied = value(property.node("argument"), scope);
                findings.leave(property.line(), copied);
                copied.forEach(each -> {
                    if (each instanceof Made other && other.node() != node) {
                        membersOf(other.node()).forEach((name, values) -> addMember(members, name, values));
                    } else if (each instanceof Data data && data.isWhole()) {
                        meanings.add(data);
                    }
                });
                continue;
            }
            Set<Meaning> value = value(property.node("value"), scope);
            names(property, "key", scope).forEach(name -> {
                if (name != null) {
                    addMember(members, name, value);
                }
            });
        }
        return meanings;
    }

    private void addMember(Map<String, Set<Meaning>> members, String name, Set<Meaning> values) {
        changed |= Scope.addUpTo(members.computeIfAbsent(name, key -> new LinkedHashSet<>()), values);
    }

    /** The names that a property may have; null among them for any. */
    private Set<@Nullable String> names(SyntaxNode node, String at, Scope scope) {
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

    private Set<Meaning> objectOf(SyntaxNode member, Scope scope) {
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
                    findings.mayUse(node.line(), data);
                }
                results.addAll(step(object, name));
            }
        }
        if (last) {
            results.forEach(result -> {
                if (result instanceof Data data && !data.isWhole()) {
                    findings.reads(node.line(), data);
                }
            });
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    private Set<Meaning> step(Meaning object, @Nullable String name) {
        return switch (object) {
            case Data data -> name != null ? Set.of(inside(data, name)) : data.isWhole() ? Set.of(OTHER) : Set.of(data);
            case Results results ->
                "result".equals(name) ? Set.of(new Elements(new Data(results.objectSet(), List.of()))) : Set.of(OTHER);
            case Elements elements -> name == null || name.matches("\\d+") ? Set.of(elements.of()) : Set.of(OTHER);
            case Made object_ ->
                name == null
                        ? Set.of(OTHER)
                        : new LinkedHashSet<>(membersOf(object_.node()).getOrDefault(name, Set.of(OTHER)));
            case ObjectCall(String function) when function.isEmpty() && name != null -> Set.of(new ObjectCall(name));
            case ObjectCall _, Text _, Function _, Meaning.Other _ -> Set.of(OTHER);
        };
    }

    private static Data inside(Data data, String name) {
        if (data.path().size() >= DEEPEST) {
            return data;
        }
        List<String> path = new ArrayList<>(data.path());
        path.add(name);
        return new Data(data.objectSet(), List.copyOf(path));
    }

    private Set<Meaning> elementsOf(Meaning list) {
        return switch (list) {
            case Elements elements -> Set.of(elements.of());
            case Data data when !data.isWhole() -> Set.of(data);
            case Data _, Results _, Text _, Made _, Function _, ObjectCall _, Meaning.Other _ -> Set.of(OTHER);
        };
    }

    private Set<Meaning> assignment(SyntaxNode node, Scope scope) {
        SyntaxNode left = node.node("left");
        Set<Meaning> right = value(node.node("right"), scope);
        if (node.text("operator").equals("=")) {
            assign(left, right, scope);
            return right;
        }
        Set<Meaning> before = value(left, scope);
        Set<Meaning> result = node.text("operator").equals("+=") ? Texts.joined(before, right) : union(before, right);
        assign(left, result, scope);
        return result;
    }

    /** Gives meanings to a variable, a member, or the parts of a pattern. */
    private void assign(@Nullable SyntaxNode to, Set<Meaning> meanings, Scope scope) {
        if (to == null) {
            return;
        }
        switch (to.type()) {
            case "Identifier" -> changed |= scope.add(to.text("name"), meanings);
            case "MemberExpression" -> assignMember(to, meanings, scope);
            case "AssignmentPattern" -> assign(to.node("left"), union(meanings, value(to.node("right"), scope)), scope);
            case "ArrayPattern" -> {
                Set<Meaning> elements = new LinkedHashSet<>();
                meanings.forEach(list -> elements.addAll(elementsOf(list)));
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
            default -> value(to, scope);
        }
    }

    private void assignProperty(SyntaxNode property, Set<Meaning> objects, Scope scope) {
        Set<Meaning> taken = new LinkedHashSet<>();
        Set<@Nullable String> names = names(property, "key", scope);
        for (Meaning object : objects) {
            for (String name : names) {
                if (name == null && object instanceof Data data) {
                    findings.mayUse(property.line(), data);
                }
                Set<Meaning> values = step(object, name);
                values.forEach(value -> {
                    if (value instanceof Data data && !data.isWhole()) {
                        findings.reads(property.line(), data);
                    }
                });
                taken.addAll(values);
            }
        }
        assign(property.node("value"), taken, scope);
    }

    private void assignMember(SyntaxNode member, Set<Meaning> meanings, Scope scope) {
        Set<@Nullable String> names = names(member, "property", scope);
        for (Meaning object : objectOf(member, scope)) {
            for (String name : names) {
                switch (object) {
                    case Data data when name == null -> findings.mayUse(member.line(), data);
                    case Data data when name != null -> findings.writes(member.line(), data, name);
                    case Made made_ when name != null -> addMember(membersOf(made_.node()), name, meanings);
                    case Elements _ -> addElements(member.node("object"), List.of(meanings), scope);
                    default -> {}
                }
            }
        }
    }

    /** A list that a variable holds gets further elements. */
    private void addElements(@Nullable SyntaxNode list, List<Set<Meaning>> elements, Scope scope) {
        if (list != null && list.is("Identifier")) {
            for (Set<Meaning> each : elements) {
                Set<Meaning> lists = new LinkedHashSet<>();
                each.forEach(element -> lists.add(new Elements(element)));
                changed |= scope.add(list.text("name"), lists);
            }
        }
    }

    private List<Set<Meaning>> arguments(SyntaxNode node, Scope scope) {
        List<Set<Meaning>> arguments = new ArrayList<>();
        for (SyntaxNode argument : node.nodes("arguments")) {
            arguments.add(
                    argument != null && argument.is("SpreadElement")
                            ? value(argument.node("argument"), scope)
                            : value(argument, scope));
        }
        return arguments;
    }

    private Set<Meaning> call(SyntaxNode node, Scope scope) {
        SyntaxNode written = node.node("callee");
        SyntaxNode callee = written == null ? null : Syntax.inner(written);
        if (callee != null && callee.is("MemberExpression")) {
            return method(node, callee, scope);
        }
        Set<Meaning> called = value(callee, scope);
        return invoke(called, arguments(node, scope), node.line());
    }

    private Set<Meaning> invoke(Set<Meaning> called, List<Set<Meaning>> arguments, int line) {
        Set<Meaning> results = new LinkedHashSet<>();
        for (Meaning each : called) {
            switch (each) {
                case Function(SyntaxNode callee) -> results.addAll(enter(callee, arguments));
                case ObjectCall(String name) -> results.addAll(objectCalls.call(name, line, arguments));
                default -> {}
            }
        }
        if (results.isEmpty() && called.stream().noneMatch(Function.class::isInstance)) {
            arguments.forEach(argument -> findings.leave(line, argument));
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    /** Gives arguments to the parameters of a function, and answers what it returns. */
    private Set<Meaning> enter(SyntaxNode callee, List<Set<Meaning>> arguments) {
        Scope scope = scopes.get(callee);
        if (scope == null) {
            changed = true;
            return Set.of();
        }
        List<@Nullable SyntaxNode> parameters = callee.nodes("params");
        for (int i = 0; i < parameters.size() && i < arguments.size(); i++) {
            SyntaxNode parameter = parameters.get(i);
            if (parameter != null && parameter.is("RestElement")) {
                Set<Meaning> rest = new LinkedHashSet<>();
                arguments
                        .subList(i, arguments.size())
                        .forEach(each -> each.forEach(one -> rest.add(new Elements(one))));
                assign(parameter.node("argument"), rest, scope);
            } else {
                assign(parameter, arguments.get(i), scope);
            }
        }
        return new LinkedHashSet<>(returned.getOrDefault(callee, Set.of()));
    }

    private Set<Meaning> method(SyntaxNode node, SyntaxNode callee, Scope scope) {
        Set<Meaning> objects = objectOf(callee, scope);
        List<Set<Meaning>> arguments = arguments(node, scope);
        int line = node.line();
        Set<Meaning> results = new LinkedHashSet<>();
        for (String name : names(callee, "property", scope)) {
            for (Meaning object : objects) {
                results.addAll(
                        switch (object) {
                            case Data data -> dataMethod(line, data, name, arguments);
                            case Elements list -> {
                                if (name != null && (name.equals("push") || name.equals("unshift"))) {
                                    addElements(callee.node("object"), arguments, scope);
                                }
                                yield listMethod(list, name, arguments);
                            }
                            case ObjectCall(String function)
                            when function.isEmpty() && name != null -> objectCalls.call(name, line, arguments);
                            case Function(SyntaxNode inner)
                            when "call".equals(name) && !arguments.isEmpty() ->
                                enter(inner, arguments.subList(1, arguments.size()));
                            case Made object_
                            when name != null ->
                                invoke(
                                        new LinkedHashSet<>(
                                                membersOf(object_.node()).getOrDefault(name, Set.of())),
                                        arguments,
                                        line);
                            case Text _ -> Set.of(OTHER);
                            case Made _, Results _, Function _, ObjectCall _, Meaning.Other _ ->
                                other(line, callee, name, arguments, scope);
                        });
            }
            if (objects.isEmpty()) {
                results.addAll(other(line, callee, name, arguments, scope));
            }
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    private Set<Meaning> dataMethod(int line, Data data, @Nullable String name, List<Set<Meaning>> arguments) {
        if (!data.isWhole()) {
            findings.reads(line, data);
            return listMethod(data, name, arguments);
        }
        if (("hasOwnProperty".equals(name) || "propertyIsEnumerable".equals(name)) && !arguments.isEmpty()) {
            has(line, Set.of(data), arguments.getFirst());
        } else if (name == null) {
            findings.mayUse(line, data);
        }
        return Set.of(OTHER);
    }

    private Set<Meaning> listMethod(Meaning list, @Nullable String name, List<Set<Meaning>> arguments) {
        if (name == null) {
            return Set.of(OTHER);
        }
        Set<Meaning> elements = elementsOf(list);
        Set<Meaning> given = arguments.isEmpty() ? Set.of() : arguments.getFirst();
        Set<Meaning> results = new LinkedHashSet<>();
        for (Meaning each : given) {
            if (each instanceof Function(SyntaxNode callback)) {
                if (PER_ELEMENT.contains(name)) {
                    boolean compares = name.equals("sort") || name.equals("toSorted");
                    results.addAll(enter(callback, compares ? List.of(elements, elements) : List.of(elements)));
                } else if (name.startsWith("reduce")) {
                    results.addAll(
                            enter(callback, List.of(arguments.size() > 1 ? arguments.get(1) : elements, elements)));
                }
            }
        }
        if (name.equals("map") || name.equals("flatMap")) {
            Set<Meaning> mapped = new LinkedHashSet<>();
            results.forEach(
                    each -> mapped.add(each instanceof Elements || name.equals("map") ? new Elements(each) : each));
            return mapped;
        }
        if (name.startsWith("reduce")) {
            return results;
        }
        if (SAME_ELEMENTS.contains(name)) {
            Set<Meaning> same = new LinkedHashSet<>(Set.of(list));
            if (name.equals("concat")) {
                arguments.forEach(same::addAll);
            }
            return same;
        }
        boolean texts = name.equals("join") && elements.stream().anyMatch(Text.class::isInstance);
        return ONE_ELEMENT.contains(name) || texts ? elements : Set.of(OTHER);
    }

    /** A method of something that is not followed; those of the language that take objects are known by name. */
    private Set<Meaning> other(
            int line, SyntaxNode callee, @Nullable String name, List<Set<Meaning>> arguments, Scope scope) {
        SyntaxNode object = callee.node("object");
        String on = object != null && object.is("Identifier") && !scope.knows(object.text("name"))
                ? object.text("name")
                : "";
        if (on.equals("logger")) {
            return Set.of(OTHER);
        }
        Set<Meaning> first = arguments.isEmpty() ? Set.of() : arguments.getFirst();
        boolean hasOwn = on.equals("Object") && "hasOwn".equals(name);
        SyntaxNode asked = object != null && object.is("MemberExpression") ? object.node("property") : null;
        boolean borrowed =
                "call".equals(name) && asked != null && asked.text("name").equals("hasOwnProperty");
        if ((hasOwn || borrowed) && arguments.size() > 1) {
            has(line, first, arguments.get(1));
            return Set.of(OTHER);
        }
        if (on.equals("Object") && "assign".equals(name)) {
            return merge(line, arguments);
        }
        arguments.forEach(argument -> findings.leave(line, argument));
        boolean sameObject = (on.equals("JSON") && ("parse".equals(name) || "stringify".equals(name)))
                || (on.equals("Object") && "freeze".equals(name));
        return sameObject && !first.isEmpty() ? first : Set.of(OTHER);
    }

    /** {@code Object.assign}: the attributes of the further objects are written into the first one. */
    private Set<Meaning> merge(int line, List<Set<Meaning>> arguments) {
        Set<Meaning> into = arguments.isEmpty() ? Set.of() : arguments.getFirst();
        Set<Meaning> results = new LinkedHashSet<>(into);
        for (Set<Meaning> argument : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
            findings.leave(line, argument);
            results.addAll(argument);
            for (Meaning object : into) {
                for (Meaning added : argument) {
                    if (object instanceof Data data && added instanceof Made other) {
                        membersOf(other.node()).keySet().forEach(name -> findings.writes(line, data, name));
                    } else if (object instanceof Data data) {
                        findings.add(line, data.objectSet(), new Pointer(data.path()), Way.MAY_USE, false);
                    } else if (object instanceof Made target
                            && added instanceof Made other
                            && target.node() != other.node()) {
                        Map.copyOf(membersOf(other.node()))
                                .forEach((name, values) -> addMember(membersOf(target.node()), name, values));
                    }
                }
            }
        }
        return results;
    }

    private static Set<Meaning> union(Set<Meaning> left, Set<Meaning> right) {
        Set<Meaning> union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }
}
