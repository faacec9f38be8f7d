package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warns where a mapping from a managed type to a system relies on what PingIDM keeps up to date with scripts of its
 * own: the roles and assignments that a user really has, and what was written last.
 */
final class BuiltInRoles {

    private static final List<String> ATTRIBUTES = List.of("effectiveAssignments", "effectiveRoles", "lastSync");

    private BuiltInRoles() {}

    static void warn(MappingDraft draft, Mapping mapping) {
        if (!mapping.source().startsWith("managed/") || !mapping.target().startsWith("system/")) {
            return;
        }
        for (String attribute : ATTRIBUTES) {
            Stream<Place> written = leaves(draft.fields().node()).stream()
                    .filter(leaf -> leaf.value() instanceof String text && text.contains(attribute))
                    .map(Node::place);
            Stream<Place> inFiles = mapping.scripts().stream()
                    .filter(script -> script.file() != null && script.text().contains(attribute))
                    .map(ScriptSource::place);
            Stream.concat(written, inFiles)
                    .findFirst()
                    .ifPresent(place -> draft.log()
                            .warning(
                                    place,
                                    attribute + " is not kept up to date here, as it is in PingIDM; what is used is"
                                            + " what " + mapping.source() + " has stored under this name"));
        }
    }

    private static List<Node.Leaf> leaves(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> List.of(leaf);
            case Node.Elements list -> all(list.elements());
            case Node.Members object -> all(List.copyOf(object.members().values()));
        };
    }

    private static List<Node.Leaf> all(List<Node> nodes) {
        List<Node.Leaf> leaves = new ArrayList<>();
        nodes.forEach(node -> leaves.addAll(leaves(node)));
        return leaves;
    }
}
