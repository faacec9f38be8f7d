package dev.concord.mapping;

import dev.concord.mapping.AttributeDefinition.AttributeType;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a definition says of attributes. Which keys an attribute may have depends on the kind of store. */
final class AttributeReader {

    private static final String CSV_SEPARATOR = ";";

    private final Shape shape;
    private final FaultLog log;
    private final SecrecyReader secrecies;

    /** @param keys the names of the keys that there are */
    AttributeReader(Shape shape, Set<String> keys, FaultLog log) {
        this.shape = shape;
        this.log = log;
        this.secrecies = new SecrecyReader(keys, log);
    }

    Map<String, AttributeDefinition> read(Map<String, Node> nodes) {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        Map<String, String> spellings = new HashMap<>();
        nodes.forEach((name, node) -> {
            if (shape == Shape.MANAGED_ATTRIBUTE) {
                Names.managedAttribute(node, name, log);
                String other = spellings.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
                if (other != null) {
                    log.error(
                            node,
                            Quote.text(name) + " differs from " + Quote.text(other)
                                    + " in case only; columns of a table may not");
                }
            } else {
                Names.attribute(node, name, log);
            }
            AttributeDefinition attribute = node.isNull() ? AttributeDefinition.string(name) : read(name, node);
            if (attribute != null) {
                attributes.put(name, attribute);
            }
        });
        return Collections.unmodifiableMap(attributes);
    }

    @Nullable
    AttributeDefinition read(String name, Node node) {
        Fields fields = Fields.of(node, shape, log);
        if (fields == null) {
            return null;
        }
        AttributeType type = fields.word("type", Words.ATTRIBUTE_TYPES);
        boolean multivalued = fields.flag("multivalued", false);
        boolean unordered = fields.flag("unordered", false);
        String separator = has("separator") ? fields.text("separator") : null;
        if (!multivalued && (unordered || separator != null)) {
            log.error(
                    node,
                    (unordered ? "unordered" : "separator")
                            + " is for attributes with several values; add multivalued: true");
        }
        if (separator != null && separator.isEmpty()) {
            log.error(node, "an empty separator; what stands between two values is required, such as \";\"");
        }
        boolean unique = has("unique") && fields.flag("unique", false);
        boolean indexed = has("indexed") && fields.flag("indexed", false);
        if ((unique || indexed) && (multivalued || type == AttributeType.OBJECT)) {
            log.error(
                    node,
                    (unique ? "unique" : "indexed")
                            + " is for attributes with one plain value; remove it, or multivalued");
        }
        AttributeType known = type == null ? AttributeType.STRING : type;
        Secrecy secrecy = secrecies.read(fields, shape, known, multivalued);
        if ((unique || indexed) && (secrecy instanceof Secrecy.Hashed || secrecy instanceof Secrecy.Encrypted)) {
            log.error(
                    node,
                    (unique ? "unique" : "indexed")
                            + " is of no use here: what is hashed or encrypted differs each time; remove it");
        }
        return new AttributeDefinition(
                name,
                known,
                has("required") && fields.flag("required", false),
                unique,
                indexed,
                multivalued,
                unordered,
                fields.flag("sensitive", false),
                multivalued && separator == null && shape == Shape.CSV_ATTRIBUTE ? CSV_SEPARATOR : separator,
                secrecy);
    }

    private boolean has(String key) {
        return shape.keys().contains(key);
    }
}
