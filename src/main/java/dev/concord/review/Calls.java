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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows objects into functions, through the methods of lists, and into calls of {@code openidm}. */
final class Calls {

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

    private final ScriptState state;
    private final ScriptUses script;
    private final Assignments assignments;

    Calls(ScriptState state, ScriptUses script, Assignments assignments) {
        this.state = state;
        this.script = script;
        this.assignments = assignments;
    }

    List<Set<Meaning>> arguments(SyntaxNode node, Scope scope) {
        List<Set<Meaning>> arguments = new ArrayList<>();
        for (SyntaxNode argument : node.nodes("arguments")) {
            arguments.add(
                    argument != null && argument.is("SpreadElement")
                            ? script.value(argument.node("argument"), scope)
                            : script.value(argument, scope));
        }
        return arguments;
    }

    Set<Meaning> call(SyntaxNode node, Scope scope) {
        SyntaxNode written = node.node("callee");
        SyntaxNode callee = written == null ? null : Syntax.inner(written);
        if (callee != null && callee.is("MemberExpression")) {
            return method(node, callee, scope);
        }
        Set<Meaning> called = script.value(callee, scope);
        return invoke(called, arguments(node, scope), node.line());
    }

    private Set<Meaning> invoke(Set<Meaning> called, List<Set<Meaning>> arguments, int line) {
        Set<Meaning> results = new LinkedHashSet<>();
        for (Meaning each : called) {
            switch (each) {
                case Function(SyntaxNode callee) -> results.addAll(enter(callee, arguments));
                case ObjectCall(String name) -> results.addAll(state.objectCalls.call(name, line, arguments));
                default -> {}
            }
        }
        if (results.isEmpty() && called.stream().noneMatch(Function.class::isInstance)) {
            arguments.forEach(argument -> state.findings.leave(line, argument));
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    /** Gives arguments to the parameters of a function, and answers what it returns. */
    private Set<Meaning> enter(SyntaxNode callee, List<Set<Meaning>> arguments) {
        Scope scope = state.scopes.get(callee);
        if (scope == null) {
            state.changed = true;
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
                assignments.assign(parameter.node("argument"), rest, scope);
            } else {
                assignments.assign(parameter, arguments.get(i), scope);
            }
        }
        return new LinkedHashSet<>(state.returned.getOrDefault(callee, Set.of()));
    }

    private Set<Meaning> method(SyntaxNode node, SyntaxNode callee, Scope scope) {
        Set<Meaning> objects = script.objectOf(callee, scope);
        List<Set<Meaning>> arguments = arguments(node, scope);
        int line = node.line();
        Set<Meaning> results = new LinkedHashSet<>();
        for (String name : script.names(callee, "property", scope)) {
            for (Meaning object : objects) {
                results.addAll(
                        switch (object) {
                            case Data data -> dataMethod(line, data, name, arguments);
                            case Elements list -> {
                                if (name != null && (name.equals("push") || name.equals("unshift"))) {
                                    assignments.addElements(callee.node("object"), arguments, scope);
                                }
                                yield listMethod(list, name, arguments);
                            }
                            case ObjectCall(String function)
                            when function.isEmpty() && name != null -> state.objectCalls.call(name, line, arguments);
                            case Function(SyntaxNode inner)
                            when "call".equals(name) && !arguments.isEmpty() ->
                                enter(inner, arguments.subList(1, arguments.size()));
                            case Made object_
                            when name != null ->
                                invoke(
                                        new LinkedHashSet<>(
                                                state.membersOf(object_.node()).getOrDefault(name, Set.of())),
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
            state.findings.reads(line, data);
            return listMethod(data, name, arguments);
        }
        if (("hasOwnProperty".equals(name) || "propertyIsEnumerable".equals(name)) && !arguments.isEmpty()) {
            state.has(line, Set.of(data), arguments.getFirst());
        } else if (name == null) {
            state.findings.mayUse(line, data);
        }
        return Set.of(OTHER);
    }

    private Set<Meaning> listMethod(Meaning list, @Nullable String name, List<Set<Meaning>> arguments) {
        if (name == null) {
            return Set.of(OTHER);
        }
        Set<Meaning> elements = ScriptState.elementsOf(list);
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
            state.has(line, first, arguments.get(1));
            return Set.of(OTHER);
        }
        if (on.equals("Object") && "assign".equals(name)) {
            return merge(line, arguments);
        }
        arguments.forEach(argument -> state.findings.leave(line, argument));
        boolean sameObject = (on.equals("JSON") && ("parse".equals(name) || "stringify".equals(name)))
                || (on.equals("Object") && "freeze".equals(name));
        return sameObject && !first.isEmpty() ? first : Set.of(OTHER);
    }

    /** {@code Object.assign}: the attributes of the further objects are written into the first one. */
    private Set<Meaning> merge(int line, List<Set<Meaning>> arguments) {
        Set<Meaning> into = arguments.isEmpty() ? Set.of() : arguments.getFirst();
        Set<Meaning> results = new LinkedHashSet<>(into);
        for (Set<Meaning> argument : arguments.subList(Math.min(1, arguments.size()), arguments.size())) {
            state.findings.leave(line, argument);
            results.addAll(argument);
            for (Meaning object : into) {
                for (Meaning added : argument) {
                    if (object instanceof Data data && added instanceof Made other) {
                        state.membersOf(other.node()).keySet().forEach(name -> state.findings.writes(line, data, name));
                    } else if (object instanceof Data data) {
                        state.findings.add(line, data.objectSet(), new Pointer(data.path()), Way.MAY_USE, false);
                    } else if (object instanceof Made target
                            && added instanceof Made other
                            && target.node() != other.node()) {
                        Map.copyOf(state.membersOf(other.node()))
                                .forEach((name, values) ->
                                        state.addMember(state.membersOf(target.node()), name, values));
                    }
                }
            }
        }
        return results;
    }
}
