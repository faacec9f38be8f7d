package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.record.Pointer;
import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Methods of what is not followed. Those of the language that take objects, such as {@code Object.assign}, are known by
 * name; from what is given to any other nothing comes back.
 */
final class LanguageMethods {

    private final Members members;
    private final MadeObjects madeObjects;
    private final ScriptFindings findings;

    LanguageMethods(Members members, MadeObjects madeObjects, ScriptFindings findings) {
        this.members = members;
        this.madeObjects = madeObjects;
        this.findings = findings;
    }

    /** @param name null for any */
    Set<Meaning> call(int line, SyntaxNode callee, @Nullable String name, List<Set<Meaning>> arguments, Scope scope) {
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
            members.ask(line, first, arguments.get(1));
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
                argument.forEach(added -> merge(line, object, added));
            }
        }
        return results;
    }

    private void merge(int line, Meaning into, Meaning added) {
        if (into instanceof Data data && added instanceof Made other) {
            madeObjects.members(other.node()).keySet().forEach(name -> findings.writes(line, data, name));
        } else if (into instanceof Data data) {
            findings.add(line, data.objectSet(), new Pointer(data.path()), Way.MAY_USE, false);
        } else if (into instanceof Made target && added instanceof Made other) {
            madeObjects.copy(other.node(), target.node());
        }
    }
}
