package dev.concord.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a script's syntax tree, as the ESTree specification describes them. Two nodes are equal only when they are
 * the same one, so that a tree can be annotated.
 */
public final class SyntaxNode {

    private final String type;
    private final int line;
    private final Map<String, @Nullable Object> members;

    /** @param members values, nodes and lists of nodes, in the order of the text */
    SyntaxNode(String type, int line, Map<String, @Nullable Object> members) {
        this.type = type;
        this.line = line;
        this.members = members;
    }

    /** What kind of node it is, such as {@code MemberExpression}. */
    public String type() {
        return type;
    }

    /** The line of the script's text at which it begins, from 1. */
    public int line() {
        return line;
    }

    public boolean is(String wanted) {
        return type.equals(wanted);
    }

    /** The node at a member, or null where there is none. */
    public @Nullable SyntaxNode node(String member) {
        return members.get(member) instanceof SyntaxNode node ? node : null;
    }

    /** The nodes at a member that holds a list; gaps, as in {@code [a, , b]}, are null. */
    public List<@Nullable SyntaxNode> nodes(String member) {
        List<@Nullable SyntaxNode> nodes = new ArrayList<>();
        if (members.get(member) instanceof List<?> list) {
            list.forEach(element -> nodes.add(element instanceof SyntaxNode node ? node : null));
        }
        return nodes;
    }

    /** The text at a member, or the empty text. */
    public String text(String member) {
        return members.get(member) instanceof String text ? text : "";
    }

    /** Whether a member is true. */
    public boolean flag(String member) {
        return Boolean.TRUE.equals(members.get(member));
    }

    /** A value that is no node: a text, a number, a boolean, null, or an object of these. */
    public @Nullable Object value(String member) {
        return members.get(member);
    }

    /** All nodes directly below this one. */
    public List<SyntaxNode> children() {
        List<SyntaxNode> children = new ArrayList<>();
        for (Object member : members.values()) {
            switch (member) {
                case SyntaxNode node -> children.add(node);
                case List<?> list ->
                    list.forEach(element -> {
                        if (element instanceof SyntaxNode node) {
                            children.add(node);
                        }
                    });
                case null, default -> {}
            }
        }
        return children;
    }

    @Override
    public String toString() {
        return type + " in line " + line;
    }
}
