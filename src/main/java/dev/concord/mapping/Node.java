package dev.concord.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A definition file as a tree, whatever it was written in: YAML and JSON both become this, and one set of readers makes
 * the model of it. Every node knows its place; that of an object's member is the line of its key.
 */
sealed interface Node {

    /** Reads a file as its name says. Null when it cannot be read at all, which the log then explains. */
    static @Nullable Node read(String file, String text, FaultLog log) {
        return file.endsWith(".json") ? JsonReader.read(file, text, log) : YamlReader.read(file, text, log);
    }

    Spot at();

    /** How many nodes there are from here down, this one included. */
    int size();

    /** An object; its members in the order they were written. */
    record Members(Spot at, Map<String, Node> members, int size) implements Node {}

    record Elements(Spot at, List<Node> elements, int size) implements Node {}

    /** A text, a number, a boolean or null. */
    record Leaf(Spot at, @Nullable Object value) implements Node {
        @Override
        public int size() {
            return 1;
        }
    }

    /** Whether nothing is written here; a key without a value counts as a key that is not there. */
    default boolean isNull() {
        return this instanceof Leaf leaf && leaf.value() == null;
    }

    default Place place() {
        return at().place();
    }

    /** The node as a plain JSON value. */
    default @Nullable Object plain() {
        return switch (this) {
            case Members object -> plain(object.members());
            case Elements written -> {
                List<@Nullable Object> list = new ArrayList<>(written.elements().size());
                written.elements().forEach(element -> list.add(element.plain()));
                yield list;
            }
            case Leaf leaf -> leaf.value();
        };
    }

    private static Map<String, @Nullable Object> plain(Map<String, Node> members) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        members.forEach((name, member) -> map.put(name, member.plain()));
        return map;
    }
}
