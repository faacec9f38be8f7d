package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Function;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.ObjectCall;
import dev.concord.review.Meaning.Results;
import dev.concord.review.Meaning.Text;
import dev.concord.script.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls: who is called, with which arguments, and what comes back. */
final class Calls {

    private final Interpreter interpreter;
    private final Members members;
    private final Assignments assignments;
    private final Functions functions;
    private final ListMethods listMethods;
    private final LanguageMethods languageMethods;
    private final ObjectCalls objectCalls;
    private final MadeObjects madeObjects;
    private final ScriptFindings findings;

    Calls(
            Interpreter interpreter,
            Members members,
            Assignments assignments,
            Functions functions,
            ObjectCalls objectCalls,
            MadeObjects madeObjects,
            ScriptFindings findings) {
        this.interpreter = interpreter;
        this.members = members;
        this.assignments = assignments;
        this.functions = functions;
        this.listMethods = new ListMethods(functions);
        this.languageMethods = new LanguageMethods(members, madeObjects, findings);
        this.objectCalls = objectCalls;
        this.madeObjects = madeObjects;
        this.findings = findings;
    }

    Set<Meaning> call(SyntaxNode node, Scope scope) {
        SyntaxNode written = node.node("callee");
        SyntaxNode callee = written == null ? null : Syntax.inner(written);
        if (callee != null && callee.is("MemberExpression")) {
            return method(node, callee, scope);
        }
        Set<Meaning> called = interpreter.value(callee, scope);
        return invoke(called, arguments(node, scope), node.line());
    }

    /** {@code new A(b)}, of which nothing is known. */
    Set<Meaning> construct(SyntaxNode node, Scope scope) {
        interpreter.value(node.node("callee"), scope);
        arguments(node, scope).forEach(argument -> findings.leave(node.line(), argument));
        return Set.of(OTHER);
    }

    private List<Set<Meaning>> arguments(SyntaxNode node, Scope scope) {
        List<Set<Meaning>> arguments = new ArrayList<>();
        for (SyntaxNode argument : node.nodes("arguments")) {
            arguments.add(
                    argument != null && argument.is("SpreadElement")
                            ? interpreter.value(argument.node("argument"), scope)
                            : interpreter.value(argument, scope));
        }
        return arguments;
    }

    private Set<Meaning> invoke(Set<Meaning> called, List<Set<Meaning>> arguments, int line) {
        Set<Meaning> results = new LinkedHashSet<>();
        for (Meaning each : called) {
            switch (each) {
                case Function(SyntaxNode function) -> results.addAll(functions.enter(function, arguments));
                case ObjectCall(String name) -> results.addAll(objectCalls.call(name, line, arguments));
                default -> {}
            }
        }
        if (results.isEmpty() && called.stream().noneMatch(Function.class::isInstance)) {
            arguments.forEach(argument -> findings.leave(line, argument));
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    private Set<Meaning> method(SyntaxNode node, SyntaxNode callee, Scope scope) {
        Set<Meaning> objects = members.objectOf(callee, scope);
        List<Set<Meaning>> arguments = arguments(node, scope);
        int line = node.line();
        Set<Meaning> results = new LinkedHashSet<>();
        for (String name : members.names(callee, "property", scope)) {
            for (Meaning object : objects) {
                results.addAll(method(line, callee, object, name, arguments, scope));
            }
            if (objects.isEmpty()) {
                results.addAll(languageMethods.call(line, callee, name, arguments, scope));
            }
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    private Set<Meaning> method(
            int line,
            SyntaxNode callee,
            Meaning object,
            @Nullable String name,
            List<Set<Meaning>> arguments,
            Scope scope) {
        return switch (object) {
            case Data data -> dataMethod(line, data, name, arguments);
            case Elements list -> {
                if (name != null && (name.equals("push") || name.equals("unshift"))) {
                    assignments.addElements(callee.node("object"), arguments, scope);
                }
                yield listMethod(list, name, arguments);
            }
            case ObjectCall(String function)
            when function.isEmpty() && name != null -> objectCalls.call(name, line, arguments);
            case Function(SyntaxNode function)
            when "call".equals(name) && !arguments.isEmpty() ->
                functions.enter(function, arguments.subList(1, arguments.size()));
            case Made(SyntaxNode made)
            when name != null ->
                invoke(new LinkedHashSet<>(madeObjects.members(made).getOrDefault(name, Set.of())), arguments, line);
            case Text _ -> Set.of(OTHER);
            case Made _, Results _, Function _, ObjectCall _, Meaning.Other _ ->
                languageMethods.call(line, callee, name, arguments, scope);
        };
    }

    private Set<Meaning> dataMethod(int line, Data data, @Nullable String name, List<Set<Meaning>> arguments) {
        if (!data.isWhole()) {
            findings.reads(line, data);
            return listMethod(data, name, arguments);
        }
        if (("hasOwnProperty".equals(name) || "propertyIsEnumerable".equals(name)) && !arguments.isEmpty()) {
            members.ask(line, Set.of(data), arguments.getFirst());
        } else if (name == null) {
            findings.mayUse(line, data);
        }
        return Set.of(OTHER);
    }

    private Set<Meaning> listMethod(Meaning list, @Nullable String name, List<Set<Meaning>> arguments) {
        return name == null ? Set.of(OTHER) : listMethods.call(list, name, arguments);
    }
}
