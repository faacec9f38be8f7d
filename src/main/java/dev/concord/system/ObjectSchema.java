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
 */
public record ObjectSchema(
        Map<String, AttributeDefinition> attributes, boolean open, boolean revisions, boolean clientIds) {

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
        return new ObjectSchema(hidden, open, revisions, clientIds);
    }

    /**
     * Whether a value of an attribute may not be shown: because the attribute is sensitive, or because something in the
     * value is hashed or encrypted, whatever the attribute is.
     */
    public boolean hides(String attribute, @Nullable Object value) {
        return isSensitive(attribute) || CryptoValue.isIn(value);
    }
}
