package dev.concord.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one attribute of an object set.
 *
 * @param type the type of its value, or of each of its values
 * @param unordered whether the order of its values means nothing, so that they compare as a set
 * @param sensitive whether its values may never appear in reports, logs or plans
 * @param separator what stands between values in one CSV cell; null when the attribute has one value
 * @param secrecy how its values are kept from being read; any that is makes it sensitive
 */
public record AttributeDefinition(
        String name,
        AttributeType type,
        boolean required,
        boolean unique,
        boolean indexed,
        boolean multivalued,
        boolean unordered,
        boolean sensitive,
        @Nullable String separator,
        Secrecy secrecy) {

    public AttributeDefinition {
        sensitive |= !(secrecy instanceof Secrecy.Open);
    }

    /** An attribute whose values are kept as they are. */
    public AttributeDefinition(
            String name,
            AttributeType type,
            boolean required,
            boolean unique,
            boolean indexed,
            boolean multivalued,
            boolean unordered,
            boolean sensitive,
            @Nullable String separator) {
        this(name, type, required, unique, indexed, multivalued, unordered, sensitive, separator, Secrecy.NONE);
    }

    /** The types of attribute values. Dates and times are ISO 8601 text in records. */
    public enum AttributeType {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        DATE,
        DATETIME,
        OBJECT
    }

    public static AttributeDefinition string(String name) {
        return new AttributeDefinition(name, AttributeType.STRING, false, false, false, false, false, false, null);
    }

    /** The same, sensitive. */
    public AttributeDefinition asSensitive() {
        return new AttributeDefinition(
                name, type, required, unique, indexed, multivalued, unordered, true, separator, secrecy);
    }

    /** What the store sees of the attribute: hashed and encrypted values are texts to it. */
    public AttributeDefinition stored() {
        return switch (secrecy) {
            case Secrecy.Hashed _, Secrecy.Encrypted _ ->
                new AttributeDefinition(name, AttributeType.STRING, required, false, false, false, false, true, null);
            case Secrecy.Open _, Secrecy.WriteOnly _ -> this;
        };
    }
}
