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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of objects, such as {@code source.mail}: what they may be called and what they stand for. */
final class Members {

    private final Interpreter interpreter;
    private final MadeObjects madeObjects;
    private final ScriptFindings findings;

    Members(Interpreter interpreter, MadeObjects madeObjects, ScriptFindings findings) {
        this.interpreter = interpreter;
        this.madeObjects = madeObjects;
        this.findings = findings;
    }

    /** What a member stands for, which is read there. */
    Set<Meaning> read(SyntaxNode member, Scope scope) {
        Set<Meaning> values = reach(member, scope);
        reads(member.line(), values);
        return values;
    }

    /** What the object of a member stands for; when that is a member itself, it is passed and not read. */
    Set<Meaning> objectOf(SyntaxNode member, Scope scope) {
        SyntaxNode object = member.node("object");
        SyntaxNode inner = object == null ? null : Syntax.inner(object);
        return inner != null && inner.is("MemberExpression") ? reach(inner, scope) : interpreter.value(inner, scope);
    }

    private Set<Meaning> reach(SyntaxNode member, Scope scope) {
        Set<Meaning> results = new LinkedHashSet<>();
        Set<@Nullable String> names = names(member, "property", scope);
        for (Meaning object : objectOf(member, scope)) {
            for (String name : names) {
                if (name == null && object instanceof Data data) {
                    findings.mayUse(member.line(), data);
                }
                results.addAll(of(object, name));
            }
        }
        return results.isEmpty() ? Set.of(OTHER) : results;
    }

    /**
     * The names that a property may have; null among them for any.
     *
     * @param at where the node has the name
     */
    Set<@Nullable String> names(SyntaxNode node, String at, Scope scope) {
        SyntaxNode name = node.node(at);
        Set<@Nullable String> names = new LinkedHashSet<>();
        if (name == null) {
            names.add(null);
        } else if (!node.flag("computed")) {
            names.add(name.is("Literal") ? String.valueOf(name.value("value")) : name.text("name"));
        } else {
            Set<Meaning> meanings = interpreter.value(name, scope);
            names.addAll(Texts.fixed(meanings));
            if (Texts.isOpen(meanings)) {
                names.add(null);
            }
        }
        return names;
    }

    /** What an object's member of that name stands for; null for any name. */
    Set<Meaning> of(Meaning object, @Nullable String name) {
        return switch (object) {
            case Data data ->
                name != null ? Set.of(Meanings.inside(data, name)) : data.isWhole() ? Set.of(OTHER) : Set.of(data);
            case Results results ->
                "result".equals(name) ? Set.of(new Elements(new Data(results.objectSet(), List.of()))) : Set.of(OTHER);
            case Elements elements -> name == null || name.matches("\\d+") ? Set.of(elements.of()) : Set.of(OTHER);
            case Made(SyntaxNode node) ->
                name == null
                        ? Set.of(OTHER)
                        : new LinkedHashSet<>(madeObjects.members(node).getOrDefault(name, Set.of(OTHER)));
            case ObjectCall(String function) when function.isEmpty() && name != null -> Set.of(new ObjectCall(name));
            case ObjectCall _, Text _, Function _, Meaning.Other _ -> Set.of(OTHER);
        };
    }

    /** The attributes among these values are read. */
    void reads(int line, Set<Meaning> values) {
        for (Meaning value : values) {
            if (value instanceof Data data && !data.isWhole()) {
                findings.reads(line, data);
            }
        }
    }

    /** Asks objects whether they have members of these names. */
    void ask(int line, Set<Meaning> objects, Set<Meaning> names) {
        for (Meaning object : objects) {
            if (object instanceof Data data) {
                Texts.fixed(names).forEach(name -> findings.reads(line, Meanings.inside(data, name)));
                if (Texts.isOpen(names)) {
                    findings.mayUse(line, data);
                }
            }
        }
    }
}
