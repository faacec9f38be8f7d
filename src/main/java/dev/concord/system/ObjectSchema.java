package dev.concord.system;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.secret.CryptoValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the attributes of an object set.
 *
 * @param attributes by name, without {@code _id} and {@code _rev}
 * @param open whether objects may have attributes that are not listed
 * @param revisions whether objects carry a revision that changes with each write
 * @param clientIds whether the client may choose the id of a new object
 * @param given names of attributes that only the store gives values: what it computes, and what it counts up
 * @param unread names of what objects may have besides and nobody reads: columns of kinds that records cannot hold, and
 *     those of attributes that are not declared any more
 */
public record ObjectSchema(
        Map<String, AttributeDefinition> attributes,
        boolean open,
        boolean revisions,
        boolean clientIds,
        Set<String> given,
        Set<String> unread) {

    /** A set whose clients give all attributes their values, and read all of them. */
    public ObjectSchema(
            Map<String, AttributeDefinition> attributes, boolean open, boolean revisions, boolean clientIds) {
        this(attributes, open, revisions, clientIds, Set.of(), Set.of());
    }

    /** Whether the order of an attribute's values means nothing. */
    public boolean isUnordered(String attribute) {
        AttributeDefinition definition = attributes.get(attribute);
        return definition != null && definition.unordered();
    }

    /** Whether an object cannot be without an attribute. */
    public boolean isRequired(String attribute) {
        AttributeDefinition definition = attributes.get(attribute);
        return definition != null && definition.required();
    }

    public boolean isSensitive(String attribute) {
        AttributeDefinition definition = attributes.get(attribute);
        return definition != null && definition.sensitive();
    }

    /** The same, with these attributes sensitive, too. */
    public ObjectSchema hiding(Set<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, AttributeDefinition> hidden = new LinkedHashMap<>(attributes);
        more.forEach(name -> hidden.put(
                name,
                attributes.getOrDefault(name, AttributeDefinition.string(name)).asSensitive()));
        return new ObjectSchema(hidden, open, revisions, clientIds, given, unread);
    }

    /**
     * Whether a value of an attribute may not be shown: because the attribute is sensitive, or because something in the
     * value is hashed or encrypted, whatever the attribute is.
     */
    public boolean hides(String attribute, @Nullable Object value) {
        return isSensitive(attribute) || CryptoValue.isIn(value);
    }
}
