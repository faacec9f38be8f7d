package dev.concord.mapping;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a tree together from the pieces a parser finds one after the other, and keeps the limits that hold for every
 * file: depth, number of nodes, no key twice.
 */
final class TreeBuilder {

    /** The file cannot be read any further; the fault is in the log already. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }

    private static final class Open {
        private final Spot at;
        private final @Nullable Map<String, Node> members;
        private final List<Node> elements = new ArrayList<>();
        private @Nullable String key;
        private int keyLine;
        private int size = 1;

        Open(Spot at, boolean object) {
            this.at = at;
            this.members = object ? new LinkedHashMap<>() : null;
        }
    }

    private final String file;
    private final FaultLog log;
    private final Deque<Open> open = new ArrayDeque<>();
    private int nodes;
    private @Nullable Node root;

    TreeBuilder(String file, FaultLog log) {
        this.file = file;
        this.log = log;
    }

    /** The finished tree, or null when there was nothing. */
    @Nullable
    Node root() {
        return root;
    }

    /** Whether the next scalar is the key of a member. */
    boolean expectsKey() {
        Open parent = open.peek();
        return parent != null && parent.members != null && parent.key == null;
    }

    void key(String name, int line) {
        Open parent = open.element();
        Node first = parent.members == null ? null : parent.members.get(name);
        if (first != null) {
            log.error(
                    parent.at.child(name, line),
                    "the key " + Quote.text(name) + " is there twice, first in line "
                            + first.at().line() + "; keep one");
        }
        parent.key = name;
        parent.keyLine = line;
    }

    void start(boolean object, int line) {
        Spot at = next(line);
        if (open.size() >= Limits.DEPTH) {
            throw refuse(
                    at,
                    "more than " + Limits.DEPTH + " levels of lists and objects in one another; at most " + Limits.DEPTH
                            + " are read");
        }
        open.push(new Open(at, object));
    }

    Node end() {
        Open done = open.pop();
        Node node = done.members == null
                ? new Node.Elements(done.at, List.copyOf(done.elements), done.size)
                : new Node.Members(done.at, done.members, done.size);
        add(node, 1);
        return node;
    }

    Node scalar(@Nullable Object value, int line) {
        Node leaf = new Node.Leaf(next(line), value);
        add(leaf, 1);
        return leaf;
    }

    /** Adds a node that was built before: what an alias stands for. It keeps its first place. */
    void alias(Node node) {
        add(node, node.size());
    }

    private void add(Node node, int count) {
        nodes += count;
        if (nodes > Limits.NODES) {
            throw refuse(Spot.root(file, node.at().line()), "more than " + Limits.NODES + " values; split the file");
        }
        Open parent = open.peek();
        if (parent == null) {
            root = node;
            return;
        }
        parent.size += node.size();
        if (parent.members == null) {
            parent.elements.add(node);
        } else if (parent.key != null) {
            parent.members.putIfAbsent(parent.key, node);
            parent.key = null;
        }
    }

    /** Where the next node will stand. */
    Spot next(int line) {
        Open parent = open.peek();
        if (parent == null) {
            return Spot.root(file, line);
        }
        if (parent.members == null) {
            return parent.at.element(parent.elements.size(), line);
        }
        return parent.key == null ? parent.at.atLine(line) : parent.at.child(parent.key, parent.keyLine);
    }

    Refused refuse(Spot at, String message) {
        log.error(at, message);
        return new Refused();
    }
}
