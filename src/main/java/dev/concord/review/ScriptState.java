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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known so far of one script: its scopes, the objects it makes, what its functions return, and what was found.
 */
final class ScriptState {

    private static final int DEEPEST = 8;

    final Map<SyntaxNode, Scope> scopes = new HashMap<>();
    final Map<SyntaxNode, Map<String, Set<Meaning>>> made = new LinkedHashMap<>();
    final Map<SyntaxNode, Set<Meaning>> returned = new HashMap<>();
    final ScriptFindings findings = new ScriptFindings();
    final ObjectCalls objectCalls = new ObjectCalls(findings, this::membersOf);

    /** Whether anything became known in this pass that was not before. */
    boolean changed;

    Map<String, Set<Meaning>> membersOf(SyntaxNode object) {
        return made.computeIfAbsent(object, node -> new LinkedHashMap<>());
    }

    void addMember(Map<String, Set<Meaning>> members, String name, Set<Meaning> values) {
        changed |= Scope.addUpTo(members.computeIfAbsent(name, key -> new LinkedHashSet<>()), values);
    }

    Set<Meaning> step(Meaning object, @Nullable String name) {
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

    static Data inside(Data data, String name) {
        if (data.path().size() >= DEEPEST) {
            return data;
        }
        List<String> path = new ArrayList<>(data.path());
        path.add(name);
        return new Data(data.objectSet(), List.copyOf(path));
    }

    static Set<Meaning> elementsOf(Meaning list) {
        return switch (list) {
            case Elements elements -> Set.of(elements.of());
            case Data data when !data.isWhole() -> Set.of(data);
            case Data _, Results _, Text _, Made _, Function _, ObjectCall _, Meaning.Other _ -> Set.of(OTHER);
        };
    }

    /** Asks objects whether they have attributes. */
    void has(int line, Set<Meaning> objects, Set<Meaning> names) {
        for (Meaning object : objects) {
            if (object instanceof Data data) {
                Texts.fixed(names).forEach(name -> findings.reads(line, inside(data, name)));
                if (Texts.isOpen(names)) {
                    findings.mayUse(line, data);
                }
            }
        }
    }

    static Set<Meaning> union(Set<Meaning> left, Set<Meaning> right) {
        Set<Meaning> union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }
}
