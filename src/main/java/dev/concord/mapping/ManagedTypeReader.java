package dev.concord.mapping;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the files below {@code jobs/managed}. */
final class ManagedTypeReader {

    private ManagedTypeReader() {}

    /**
     * The type, or null when it has errors.
     *
     * @param keys the names of the keys that there are
     */
    static @Nullable ManagedType read(Node root, Set<String> keys, FaultLog log) {
        Fields fields = Fields.of(root, Shape.MANAGED_TYPE, log);
        if (fields == null) {
            return null;
        }
        Node nameNode = fields.get("name");
        String name = fields.requiredText("name");
        if (nameNode != null && name != null) {
            Names.managedType(nameNode, name, log);
        }
        Node written = fields.required("attributes");
        Map<String, Node> nodes = fields.members("attributes", "an object with an entry per attribute");
        if (written instanceof Node.Members && nodes.isEmpty()) {
            log.error(written, "no attributes; at least one is required");
        }
        Map<String, AttributeDefinition> attributes =
                new AttributeReader(Shape.MANAGED_ATTRIBUTE, keys, log).read(nodes);
        return name == null || log.hasErrors() ? null : new ManagedType(name, attributes, root.place());
    }
}
