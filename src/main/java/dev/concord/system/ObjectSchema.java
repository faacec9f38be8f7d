package dev.concord.system;

import dev.concord.mapping.AttributeDefinition;
import java.util.Map;

/**
 * What is known of the attributes of an object set.
 *
 * @param attributes by name, without {@code _id} and {@code _rev}
 * @param open whether objects may have attributes that are not listed
 * @param revisions whether objects carry a revision that changes with each write
 * @param clientIds whether the client may choose the id of a new object
 */
public record ObjectSchema(
        Map<String, AttributeDefinition> attributes, boolean open, boolean revisions, boolean clientIds) {

    /** Whether the order of an attribute's values means nothing. */
    public boolean isUnordered(String attribute) {
        AttributeDefinition definition = attributes.get(attribute);
        return definition != null && definition.unordered();
    }

    public boolean isSensitive(String attribute) {
        AttributeDefinition definition = attributes.get(attribute);
        return definition != null && definition.sensitive();
    }
}
