package dev.concord.review;

import dev.concord.script.SyntaxNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The objects that a script makes itself, known by the nodes that make them, with all that their members are given. */
final class MadeObjects {

    private final Progress progress;
    private final Map<SyntaxNode, Map<String, Set<Meaning>>> objects = new LinkedHashMap<>();

    MadeObjects(Progress progress) {
        this.progress = progress;
    }

    Map<String, Set<Meaning>> members(SyntaxNode object) {
        return objects.computeIfAbsent(object, node -> new LinkedHashMap<>());
    }

    void add(SyntaxNode object, String name, Set<Meaning> values) {
        progress.note(Scope.addUpTo(members(object).computeIfAbsent(name, key -> new LinkedHashSet<>()), values));
    }

    /** Gives an object the members of another one. */
    void copy(SyntaxNode from, SyntaxNode into) {
        if (from != into) {
            members(from).forEach((name, values) -> add(into, name, values));
        }
    }

    /** The objects that have such a member, each with what is given to it. */
    Map<SyntaxNode, Set<Meaning>> having(String name) {
        Map<SyntaxNode, Set<Meaning>> having = new LinkedHashMap<>();
        objects.forEach((object, members) -> {
            Set<Meaning> values = members.get(name);
            if (values != null) {
                having.put(object, values);
            }
        });
        return having;
    }
}
